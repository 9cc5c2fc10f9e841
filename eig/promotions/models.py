"""A programme, its promotions, and everything about a promotion that changes from one to the next."""

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from eig.french import dates
from eig.promotions.choices import Audience, Employer, PhaseKind


class Programme(models.Model):
    code = models.SlugField(unique=True)
    name = models.CharField("nom", max_length=120)
    tagline = models.CharField("en une phrase", max_length=240, blank=True)

    class Meta:
        verbose_name = "programme"

    def __str__(self) -> str:
        return self.name


class Promotion(models.Model):
    """One run of the programme. Every rule of the règlement is a column here, never a constant."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="promotions")
    code = models.SlugField("code", unique=True)
    name = models.CharField("nom", max_length=60)
    number = models.PositiveSmallIntegerField("numéro d’ordre")
    # A rehearsal has invented people; its clock may be moved, a real promotion's may not.
    is_rehearsal = models.BooleanField("répétition", default=False)
    rehearsal_clock = models.DateTimeField("horloge de la répétition", null=True, blank=True)
    # An archived promotion keeps only public pages and published figures.
    is_archived = models.BooleanField("archivée", default=False)

    # --- Rules ---
    seats_planned = models.PositiveSmallIntegerField("places prévues", default=50)
    employer = models.CharField("employeur", max_length=20, choices=Employer, default=Employer.ADMINISTRATION)
    contract_months = models.PositiveSmallIntegerField("durée du contrat (mois)", default=10)
    pay_threshold_years = models.PositiveSmallIntegerField("seuil d’expérience (années)", default=5)
    pay_threshold_inclusive = models.BooleanField("seuil inclus dans la première tranche", default=True)
    pay_below = models.PositiveIntegerField("rémunération nette mensuelle jusqu’au seuil (€)", default=3500)
    pay_above = models.PositiveIntegerField("rémunération nette mensuelle au-delà (€)", default=4000)
    cofinancing_per_member = models.PositiveIntegerField("cofinancement par EIG (€)", default=20000)
    team_min = models.PositiveSmallIntegerField("taille minimale d’une équipe", default=2)
    team_max = models.PositiveSmallIntegerField("taille maximale d’une équipe", default=3)
    wishes_min = models.PositiveSmallIntegerField("nombre minimal de vœux", default=3)
    wishes_max = models.PositiveSmallIntegerField(
        "nombre maximal de vœux", default=5, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    audition_minutes = models.PositiveSmallIntegerField("durée d’une audition (minutes)", default=30)
    wish_adjustment_days = models.PositiveSmallIntegerField(
        "délai pour ajuster ses vœux après un changement (jours)", default=3
    )
    proposal_answer_days = models.PositiveSmallIntegerField(
        "délai de réponse à une audition proposée (jours)", default=3
    )
    audition_moves = models.PositiveSmallIntegerField(
        "déplacements d’une audition par la personne", default=1
    )
    audition_move_days = models.PositiveSmallIntegerField(
        "préavis pour déplacer son audition (jours)", default=2
    )
    # A project before its jury, minute by minute.
    hearing_reading_minutes = models.PositiveSmallIntegerField("mise en commun du jury (minutes)", default=10)
    hearing_pitch_minutes = models.PositiveSmallIntegerField("présentation du projet (minutes)", default=5)
    hearing_questions_minutes = models.PositiveSmallIntegerField("questions au projet (minutes)", default=15)
    hearing_deliberation_minutes = models.PositiveSmallIntegerField(
        "délibération sur le projet (minutes)", default=10
    )
    hearing_pause_minutes = models.PositiveSmallIntegerField("pause entre deux projets (minutes)", default=10)
    hearing_jurors_min = models.PositiveSmallIntegerField("membres d’un jury de projets, au moins", default=5)
    hearing_jurors_max = models.PositiveSmallIntegerField("membres d’un jury de projets, au plus", default=8)
    hearing_projects_max = models.PositiveSmallIntegerField("projets par jury, au plus", default=3)
    # What makes a project eligible: [{"code", "label", "help", "reason"}].
    project_conditions = models.JSONField("conditions de recevabilité", default=list, blank=True)
    # Who must approve which section before a project is handed in:
    # [{"code", "label", "section", "contact", "asks"}]; `contact` is the question that names the person.
    project_visas = models.JSONField("visas demandés", default=list, blank=True)
    acceptance_days = models.PositiveSmallIntegerField("délai de réponse (jours)", default=15)
    reserve_expires_at = models.DateTimeField("fin de la liste complémentaire", null=True, blank=True)
    anonymous_shortlisting = models.BooleanField("présélection sans les noms", default=True)
    readers_per_application = models.PositiveSmallIntegerField("lectures par candidature", default=2)
    readers_per_project = models.PositiveSmallIntegerField("lectures par projet", default=2)
    third_reader_gap = models.PositiveSmallIntegerField("écart appelant une troisième lecture", default=2)
    # Public words of the calls, the algorithm page and the FAQ, by code (see catalogue/).
    texts = models.JSONField("textes publics", default=dict, blank=True)

    class Meta:
        verbose_name = "promotion"
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_number_per_programme"),
            models.CheckConstraint(
                condition=Q(is_rehearsal=True) | Q(rehearsal_clock__isnull=True),
                name="only_rehearsals_move_their_clock",
            ),
            models.CheckConstraint(
                condition=Q(team_min__gte=1, team_max__gte=F("team_min")), name="team_sizes_in_order"
            ),
            models.CheckConstraint(
                condition=Q(wishes_min__gte=1, wishes_max__gte=F("wishes_min"), wishes_max__lte=5),
                name="wishes_in_order_and_at_most_five",
            ),
            models.CheckConstraint(
                condition=Q(hearing_jurors_min__gte=1, hearing_jurors_max__gte=F("hearing_jurors_min")),
                name="project_jury_sizes_in_order",
            ),
            models.CheckConstraint(
                condition=Q(hearing_projects_max__gte=1, hearing_pitch_minutes__gte=1),
                name="project_juries_hear_something",
            ),
            models.CheckConstraint(
                condition=Q(pay_above__gte=F("pay_below")), name="experience_never_lowers_pay"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Trade(models.Model):
    """A métier opened by a promotion: the unit in which positions and people meet."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="trades")
    code = models.SlugField()
    label = models.CharField("métier", max_length=80)
    opened = models.BooleanField("ouvert", default=True)
    rank = models.PositiveSmallIntegerField("ordre d’affichage", default=0)

    class Meta:
        verbose_name = "métier"
        constraints = [models.UniqueConstraint(fields=["promotion", "code"], name="one_trade_per_code")]

    def __str__(self) -> str:
        return self.label


class Phase(models.Model):
    """A dated interval in Europe/Paris. Open or closed is read from the dates and the closing record."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField("phase", max_length=20, choices=PhaseKind)
    planned_opens_at = models.DateTimeField("ouverture prévue")
    planned_closes_at = models.DateTimeField("clôture prévue")
    opens_at = models.DateTimeField("ouverture")
    closes_at = models.DateTimeField("clôture")
    closed_at = models.DateTimeField("close par l’équipe", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "phase"
        constraints = [
            models.UniqueConstraint(fields=["promotion", "kind"], name="one_phase_per_kind"),
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="phase_opens_then_closes"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opens_at")),
                name="phase_closed_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def is_open(self, moment: datetime) -> bool:
        """For display only: deeds are judged by `open_gate`, by the database's clock."""
        return self.closed_at is None and self.opens_at <= moment <= self.closes_at

    def is_over(self, moment: datetime) -> bool:
        return self.closed_at is not None or moment > self.closes_at


class Extension(models.Model):
    """A published extension: the original date stays on record."""

    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="extensions")
    closed_at_before = models.DateTimeField("clôture d’origine")
    closes_at_after = models.DateTimeField("nouvelle clôture")
    reason = models.CharField("motif publié", max_length=300)
    published_at = models.DateTimeField("publiée le")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "prolongation"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at_after__gt=F("closed_at_before")), name="an_extension_extends"
            )
        ]

    def __str__(self) -> str:
        return f"{self.phase} → {dates.day(self.closes_at_after)}"


class ReminderRule(models.Model):
    """Remind an audience so many hours before a phase closes (or an offer expires)."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="reminder_rules")
    audience = models.CharField("destinataires", max_length=30, choices=Audience)
    hours_before = models.PositiveSmallIntegerField("heures avant l’échéance")

    class Meta:
        verbose_name = "règle de relance"
        constraints = [
            models.UniqueConstraint(
                fields=["promotion", "audience", "hours_before"], name="one_reminder_per_audience_and_hour"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()} : {self.hours_before} h avant"


class Figure(models.Model):
    """A published figure, kept as it was published: history is never recomputed."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="figures")
    code = models.SlugField()
    label = models.CharField("libellé", max_length=120)
    value = models.CharField("valeur publiée", max_length=120)
    source = models.CharField("source", max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "chiffre publié"
        constraints = [models.UniqueConstraint(fields=["promotion", "code"], name="one_figure_per_code")]

    def __str__(self) -> str:
        return f"{self.label} : {self.value}"
