"""Step 3: wishes and their reasons."""

from eig.personal import APPLICATION, BEFORE_CONTRACT, EMPTY, Purpose, Record, Register
from matching.ranking.models import Adjustment, Choice, Ranking, Snapshot

PURPOSES = (
    Purpose(
        code="wishes",
        title="Vos vœux",
        why="Vous faire entendre pour les projets que vous préférez, et composer les équipes.",
        basis=BEFORE_CONTRACT,
        seen_by="vous, l’équipe du programme ; jamais les jurys",
        kept="aussi longtemps que votre candidature",
        erasure="Les raisons que vous avez écrites disparaissent ; l’ordre reste, sans lien avec vous.",
    ),
)

RECORDS = (
    Record(Ranking, APPLICATION, "application", "wishes", plain="content_sha256",
           shown="status accepts_other_project certified_at content_sha256"),
    Record(Choice, APPLICATION, "ranking__application", "wishes", erased={"reason": EMPTY},
           shown="position project reason"),
    Record(Adjustment, APPLICATION, "ranking__application", "wishes", plain="words",
           shown="project cause words until used_at"),
    # Codes only, proved by their hash.
    Record(Snapshot, kept="taken_by", plain="lists sha256", searched=False),
)  # fmt: skip

REGISTER = Register(PURPOSES, RECORDS, prints={"ranking.receipt": "ranking.ranking"})
