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


REGISTER = Register(
    purposes=(
        Purpose(
            code="offers",
            title="Les propositions reçues",
            why="Vous proposer une place dans une équipe et prendre note de votre réponse.",
            basis=CONTRACT,
            seen_by="vous, l’équipe du programme, l’administration d’accueil une fois la place acceptée",
            kept="aussi longtemps que votre candidature",
            erasure="La proposition et sa réponse restent, sans lien avec vous.",
        ),
    ),
    records=(
        Record(
            model=Offer,
            purpose="offers",
            subject=APPLICATION,
            path="application",
            readable=~Q(status=OfferStatus.PREPARED) & Q(sent_at__isnull=False),
            shown=("trade", "wish", "status", "sent_at", "expires_at", "answered_at"),
        ),
        # What the juries of auditions wrote.
        Record(
            model=Sheet,
            purpose="auditions",
            subject=APPLICATION,
            path="scorecard__audition__application",
            readable=Q(status=SheetStatus.SIGNED) & _announced("scorecard__audition"),
            erased={"comment": EMPTY},
            shown=("verdict", "comment", "total", "signed_at"),
            title="Fiche d’un membre du jury",
        ),
        Record(
            model=Mark,
            purpose="auditions",
            subject=APPLICATION,
            path="sheet__scorecard__audition__application",
            readable=Q(sheet__status=SheetStatus.SIGNED) & _announced("sheet__scorecard__audition"),
            erased={"appreciation": EMPTY},
            shown=("criterion", "value", "appreciation"),
            title="Note d’une audition",
        ),
        Record(
            model=Opinion,
            purpose="auditions",
            subject=APPLICATION,
            path="audition__application",
            readable=_announced("audition"),
            erased={"text": ERASED},
            kept=("written_by",),
            plain=("verdict",),
            shown=("verdict", "text"),
        ),
        Record(
            model=Directive,
            subject=APPLICATION,
            path="application",
            erased={"reason": ERASED},
        ),
        Record(
            model=Scenario,
            kept=("created_by", "signed_by"),
            plain=("name", "instance", "instance_sha256", "result", "result_sha256", "verdict"),
            searched=False,
        ),
        Record(model=Draw, plain=("seed", "commitment"), searched=False),
    ),
)
