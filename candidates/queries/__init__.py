"""Ask: applications by who looks, readings, decisions. One noun per file."""

from candidates.queries.application import (
    FileShown,
    application_of,
    application_trades_shown,
    applications_for_staff,
    applications_listed,
    attached_codes,
    files_of,
    own_applications,
    status_counts,
    trades_of,
)
from candidates.queries.decision import (
    applications_not_ready,
    applications_to_decide,
    decision_told,
    decisions_of_wave,
    standings,
    waiting_by_trade,
)
from candidates.queries.duplicate import duplicate_pairs, lookalikes, pair_of, pairs_shown, rulings
from candidates.queries.listing import APPLICATIONS
from candidates.queries.reading import (
    applications_apart,
    is_application_reader,
    readers_to_choose,
    reading_summary,
    readings_of,
    reviews_of,
)
from candidates.queries.redaction import anonymous_dossier, anonymous_files
from candidates.queries.severity import severities
