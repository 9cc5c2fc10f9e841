"""Ask: waves with their counts, what is held for them; what a second person rereads. For the team only."""

from eig.waves.queries.rereading import Reread, digest_of, rereading, text_of, validators_of, written_by
from eig.waves.queries.wave import (
    PUBLISH,
    batch_of,
    letters_held,
    letters_written,
    outcome_counts,
    waves_due,
    waves_listed,
    waves_open,
    waves_prepared,
)
