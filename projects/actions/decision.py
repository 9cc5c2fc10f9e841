"""What the waves of projects decide: see `eig.waves`, which does it."""

from eig.waves.choices import WaveSubject
from eig.waves.kinds import WaveKind, Words
from projects.actions.correction import CORRECTIONS
from projects.choices import Outcome
from projects.emails import decision_letters
from projects.models import Decision, Review
from projects.queries.decision import decisions_of_wave, reserve_rivals

WAVES = WaveKind(
    subject=WaveSubject.PROJECTS,
    decision=Decision,
    outcomes=Outcome,
    reserve=Outcome.RESERVE,
    decisions=decisions_of_wave,
    rivals=reserve_rivals,
    letters=decision_letters,
    readings=Review,
    corrections=CORRECTIONS,
    too_soon=lambda project: "",
    page="projects:staff_wave_detail",
    words=Words(
        one="un projet",
        this="ce projet",
        these="ces projets",
        told="au projet",
        unwritten="chaque projet doit avoir une porteuse ou un porteur",
    ),
)
