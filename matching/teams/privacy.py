"""Step 5: the place proposed to a person. Inputs and results of the algorithm hold codes, never names."""

from django.db.models import Q

from eig.personal import APPLICATION, CONTRACT, ERASED, Purpose, Record, Register
from matching.teams.choices import OfferStatus
from matching.teams.models import Directive, Draw, Offer, Scenario

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
