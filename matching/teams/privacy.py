"""Step 5: the place proposed to a person. Inputs and results of the algorithm hold codes, never names."""

from django.db.models import Q

from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Mark, Sheet
from eig.personal import APPLICATION, CONTRACT, EMPTY, ERASED, Purpose, Record, Register
from matching.interviews.models import Opinion
from matching.teams.choices import OfferStatus, ScenarioStatus
from matching.teams.models import Directive, Draw, Offer, Scenario


def _announced(audition: str) -> Q:
    """Once the person has had their answer, what the jury wrote is theirs to read."""
    return Q(**{f"{audition}__promotion__scenarios__status": ScenarioStatus.PUBLISHED})


PURPOSES = (
    Purpose(
        code="offers",
        title="Les propositions reçues",
        why="Vous proposer une place dans une équipe et prendre note de votre réponse.",
        basis=CONTRACT,
        seen_by="vous, l’équipe du programme, l’administration d’accueil une fois la place acceptée",
        kept="aussi longtemps que votre candidature",
        erasure="La proposition et sa réponse restent, sans lien avec vous.",
    ),
)

RECORDS = (
    Record(Offer, APPLICATION, "application", "offers",
           readable=~Q(status=OfferStatus.PREPARED) & Q(sent_at__isnull=False),
           shown="trade wish status sent_at expires_at answered_at"),
    # What the juries of auditions wrote.
    Record(Sheet, APPLICATION, "scorecard__audition__application", "auditions",
           readable=Q(status=SheetStatus.SIGNED) & _announced("scorecard__audition"),
           erased={"comment": EMPTY}, shown="verdict comment total signed_at",
           title="Fiche d’un membre du jury"),
    Record(Mark, APPLICATION, "sheet__scorecard__audition__application", "auditions",
           readable=Q(sheet__status=SheetStatus.SIGNED) & _announced("sheet__scorecard__audition"),
           erased={"appreciation": EMPTY}, shown="criterion value appreciation", title="Note d’une audition"),
    Record(Opinion, APPLICATION, "audition__application", "auditions", readable=_announced("audition"),
           erased={"text": ERASED}, kept="written_by", plain="verdict", shown="verdict text"),
    Record(Directive, APPLICATION, "application", erased={"reason": ERASED}),
    Record(Scenario, kept="created_by signed_by published_by",
           plain="name instance instance_sha256 result result_sha256 verdict", searched=False),
    Record(Draw, plain="seed commitment", searched=False),
)  # fmt: skip

REGISTER = Register(PURPOSES, RECORDS)
