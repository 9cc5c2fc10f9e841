"""A reader's sheet on an application."""

from django.db import models
from django.db.models import Q

from candidates.choices import Status
from candidates.models.application import Application
from eig.evaluation.choices import Stage
from eig.evaluation.models import Reading, ReadingKind
from eig.promotions.choices import PhaseKind


class Review(Reading):
    """The application is read without names."""

    KIND = ReadingKind(
        dossier="application",
        stage=Stage.APPLICATION_READING,
        phase=PhaseKind.SHORTLIST,
        being_read=Status.SUBMITTED,
        decided_by="decisions",
        required="readers_per_application",
        writer="candidate",
        trades="trade_links__trade",
        related=("application__candidate",),
        first=("-calibration",),
        regular=Q(calibration=False),
        counted=Q(counts=True),
        this="cette candidature",
        none="Aucune candidature",
        several="les candidatures",
        own="Personne ne lit sa propre candidature.",
        staff_page="candidates:staff_application_detail",
        readable="Seule une candidature déposée, et pas encore décidée, se donne à lire.",
    )

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    # Read by every reader to tune the marks together; whether it then counts is the calibration's rule.
    calibration = models.BooleanField("lecture de calibrage", default=False)
    counts = models.BooleanField("compte dans la note", default=True)

    class Meta(Reading.Meta):
        abstract = False
        verbose_name = "lecture"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reader", "calibration"], name="a_reader_reads_an_application_once"
            ),
            models.CheckConstraint(
                condition=Q(counts=True) | Q(calibration=True), name="only_calibrations_may_not_count"
            ),
        ]

    def __str__(self) -> str:
        return f"lecture de {self.application}"
