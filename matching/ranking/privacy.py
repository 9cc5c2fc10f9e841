"""Step 3: wishes and their reasons."""

from eig.personal import APPLICATION, BEFORE_CONTRACT, EMPTY, Purpose, Record, Register
from matching.ranking.models import Adjustment, Choice, Ranking, Snapshot

REGISTER = Register(
    purposes=(
        Purpose(
            code="wishes",
            title="Vos vœux",
            why="Vous faire entendre pour les projets que vous préférez, et composer les équipes.",
            basis=BEFORE_CONTRACT,
            seen_by="vous, l’équipe du programme ; jamais les jurys",
            kept="aussi longtemps que votre candidature",
            erasure="Les raisons que vous avez écrites disparaissent ; l’ordre reste, sans lien avec vous.",
        ),
    ),
    records=(
        Record(
            model=Ranking,
            purpose="wishes",
            subject=APPLICATION,
            path="application",
            plain=("content_sha256",),
            shown=("status", "accepts_other_project", "certified_at", "content_sha256"),
        ),
        Record(
            model=Choice,
            purpose="wishes",
            subject=APPLICATION,
            path="ranking__application",
            erased={"reason": EMPTY},
            shown=("position", "project", "reason"),
        ),
        Record(
            model=Adjustment,
            purpose="wishes",
            subject=APPLICATION,
            path="ranking__application",
            plain=("words",),
            shown=("project", "cause", "words", "until", "used_at"),
        ),
        # Codes only, proved by their hash.
        Record(model=Snapshot, kept=("taken_by",), plain=("lists", "sha256"), searched=False),
    ),
    prints={"ranking.receipt": "ranking.ranking"},
)
