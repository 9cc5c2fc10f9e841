"""Step 4: where and when a person is heard, what they need for it, who sits and what was thought."""

from django.db.models import Q, QuerySet

from eig.personal import APPLICATION, CONSENT, EMPTY, ERASED, PERSON, Clock, Purpose, Record, Register
from eig.promotions.choices import PhaseKind
from eig.promotions.queries import closing_of
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
    ending = closing_of(PhaseKind.AUDITIONS, promotion="application__promotion")
    return Needs.objects.annotate(clock_started_at=ending)


def forget_needs(rows: QuerySet[Needs]) -> int:
    applications = list(rows.values_list("application_id", flat=True))
    Audition.objects.filter(application__in=applications).update(needs="")
    return rows.delete()[0]


PURPOSES = (
    Purpose(
        code="auditions",
        title="Vos auditions",
        why="Vous entendre, vous dire où et quand, et départager les candidatures.",
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
        seen_by="vous, l’équipe du programme, les autres membres du jury ; le procès-verbal",
        kept="aussi longtemps que les candidatures entendues",
        erasure="Votre siège reste dans les comptes, sans votre nom ni votre organisme.",
    ),
)

RECORDS = (
    Record(Needs, APPLICATION, "application", "needs", kept="access time_zone phone", gone=True,
           shown="interpreter access time_zone phone updated_at"),
    Record(Audition, APPLICATION, "application", "auditions", readable=Q(told_at__isnull=False),
           erased={"needs": EMPTY}, plain="announced_place", shown="project status during needs heard_at"),
    Record(Proposal, APPLICATION, "application", "auditions", kept="proposed_by",
           shown="project status proposed_at expires_at answered_at"),
    Record(Juror, PERSON, "person", "juries", erased={"organisation": EMPTY}, kept="person",
           shown="promotion kind organisation appointed_at"),
    Record(PanelSeat, PERSON, "juror__person", "juries", plain="announced_place",
           shown="panel is_referent announced_during announced_place"),
    Record(JuryInvitation, PERSON, "juror__person", "juries", erased={"comment": EMPTY}, kept="sent_by",
           plain="token_hash", shown="status most_half_days comment answered_at"),
    Record(Tie, PERSON, "juror__person", "juries", erased={"reason": ERASED}, kept="declared_by",
           shown="project reason declared_at"),
    Record(DayPass, PERSON, "juror__person", kept="sent_by", plain="token_hash code_hash", gone=True),
    Record(MinutesSignature, PERSON, "juror__person", erased={"prevented": EMPTY}, kept="recorded_by"),
    Record(Passage, APPLICATION, "audition__application", erased={"incident": EMPTY}),
    Record(Panel, plain="name room link"),
    Record(Minutes, kept="frozen_by", plain="content sha256", searched=False),
    Record(Allocation, kept="retained_by", plain="instance result sha256 verdict", searched=False),
    Record(Plan, kept="asked_by applied_by",
           plain="reason instance instance_sha256 keys result result_sha256 parameters cause verdict "
                 "verdict_sentence stage error", searched=False),
    Record(AuditionRules, plain="rooms panel steps", searched=False),
)  # fmt: skip

CLOCKS = (
    Clock("needs", "Besoins pour les auditions", "la fin des auditions", 1, needs_met,
          promotion="application__promotion", forget=forget_needs),
)  # fmt: skip

REGISTER = Register(
    PURPOSES,
    RECORDS,
    CLOCKS,
    prints={
        "interviews.booklet": "everybody",
        "interviews.minutes": "everybody",
        "interviews.timetable": "everybody",
    },
)
