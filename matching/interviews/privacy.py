"""Step 4: where and when a person is heard, what they need for it, who sits and what was thought."""

from django.db.models import DateTimeField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from eig.personal import (
    APPLICATION,
    CONSENT,
    EMPTY,
    ERASED,
    PERSON,
    PUBLIC_INTEREST,
    Clock,
    Purpose,
    Record,
    Register,
)
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Phase
from matching.interviews.models import (
    Allocation,
    Audition,
    AuditionRules,
    DayPass,
    Juror,
    JuryInvitation,
    Minutes,
    MinutesSignature,
    Needs,
    Panel,
    PanelSeat,
    Passage,
    Plan,
    Proposal,
    Tie,
)


def needs_met() -> QuerySet[Needs]:
    """Health may be told there: they leave soon after the auditions."""
    phases = Phase.objects.filter(promotion=OuterRef("application__promotion"), kind=PhaseKind.AUDITIONS)
    ending = Subquery(
        phases.values_list(Coalesce("closed_at", "closes_at"))[:1], output_field=DateTimeField()
    )
    return Needs.objects.annotate(clock_started_at=ending)


def forget_needs(rows: QuerySet[Needs]) -> int:
    applications = list(rows.values_list("application_id", flat=True))
    Audition.objects.filter(application__in=applications).update(needs="")
    return rows.delete()[0]


REGISTER = Register(
    purposes=(
        Purpose(
            code="auditions",
            title="Vos auditions",
            why="Vous entendre, vous dire où et quand, et départager les candidatures.",
            basis=PUBLIC_INTEREST,
            seen_by="vous, l’équipe du programme, le jury qui vous entend",
            kept="aussi longtemps que votre candidature",
            erasure="Les appréciations disparaissent ; la date et la note restent, sans lien avec vous.",
        ),
        Purpose(
            code="needs",
            title="Vos besoins pour les auditions",
            why="Aménager votre audition comme vous l’avez demandé.",
            basis=CONSENT,
            seen_by="vous, l’équipe du programme et l’accueil de la salle ; jamais les notes du jury",
            kept="{months} mois après la fin des auditions",
            erasure="Ils disparaissent aussitôt.",
            clock="needs",
        ),
        Purpose(
            code="juries",
            title="Les jurys où vous siégez",
            why="Composer des jurys équilibrés et sans conflit d’intérêts.",
            basis=PUBLIC_INTEREST,
            seen_by="vous, l’équipe du programme, les autres membres du jury ; le procès-verbal",
            kept="aussi longtemps que les candidatures entendues",
            erasure="Votre siège reste dans les comptes, sans votre nom ni votre organisme.",
        ),
    ),
    records=(
        Record(
            model=Needs,
            purpose="needs",
            subject=APPLICATION,
            path="application",
            kept=("access", "time_zone", "phone"),
            gone=True,
            shown=("interpreter", "access", "time_zone", "phone", "updated_at"),
        ),
        Record(
            model=Audition,
            purpose="auditions",
            subject=APPLICATION,
            path="application",
            readable=Q(told_at__isnull=False),
            erased={"needs": EMPTY},
            shown=("project", "status", "during", "needs", "heard_at"),
        ),
        Record(
            model=Proposal,
            purpose="auditions",
            subject=APPLICATION,
            path="application",
            kept=("proposed_by",),
            shown=("project", "status", "proposed_at", "expires_at", "answered_at"),
        ),
        Record(
            model=Juror,
            purpose="juries",
            subject=PERSON,
            path="person",
            erased={"organisation": EMPTY},
            kept=("person",),
            shown=("promotion", "type", "organisation", "appointed_at"),
        ),
        Record(
            model=PanelSeat,
            purpose="juries",
            subject=PERSON,
            path="juror__person",
            shown=("panel", "is_referent", "during"),
        ),
        Record(
            model=JuryInvitation,
            purpose="juries",
            subject=PERSON,
            path="juror__person",
            erased={"comment": EMPTY},
            kept=("sent_by",),
            plain=("token_hash",),
            shown=("status", "most_half_days", "comment", "answered_at"),
        ),
        Record(
            model=Tie,
            purpose="juries",
            subject=PERSON,
            path="juror__person",
            erased={"reason": ERASED},
            kept=("declared_by",),
            shown=("project", "reason", "declared_at"),
        ),
        Record(
            model=DayPass,
            subject=PERSON,
            path="juror__person",
            kept=("sent_by",),
            plain=("token_hash", "code_hash"),
            gone=True,
        ),
        Record(
            model=MinutesSignature,
            subject=PERSON,
            path="juror__person",
            erased={"prevented": EMPTY},
            kept=("recorded_by",),
        ),
        Record(
            model=Passage,
            subject=APPLICATION,
            path="audition__application",
            erased={"incident": EMPTY},
        ),
        Record(model=Panel, plain=("name", "room", "link")),
        # People by number, texts by their fingerprint: nothing to take out.
        Record(model=Minutes, kept=("frozen_by",), plain=("content", "sha256"), searched=False),
        Record(
            model=Allocation,
            kept=("retained_by",),
            plain=("instance", "result", "sha256", "verdict"),
            searched=False,
        ),
        Record(
            model=Plan,
            kept=("asked_by", "applied_by"),
            plain=(
                "reason",
                "instance",
                "instance_sha256",
                "keys",
                "result",
                "result_sha256",
                "parameters",
                "cause",
                "verdict",
                "verdict_sentence",
                "stage",
                "error",
            ),
            searched=False,
        ),
        Record(model=AuditionRules, plain=("rooms", "panel", "steps"), searched=False),
    ),
    clocks=(
        Clock(
            "needs",
            "Besoins pour les auditions",
            "la fin des auditions",
            1,
            needs_met,
            promotion="application__promotion",
            forget=forget_needs,
        ),
    ),
    prints={
        "interviews.booklet": "everybody",
        "interviews.minutes": "everybody",
        "interviews.timetable": "everybody",
    },
)
