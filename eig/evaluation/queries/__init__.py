"""Ask: grids, sheets, recusals; the readings of a call's dossiers. One noun per file."""

from eig.evaluation.queries.grid import (
    GridView,
    amendments_of,
    content_of,
    grid_of,
    is_reader,
    marks_of,
    readers_of,
    told_of,
)
from eig.evaluation.queries.plan import assigning, planned_readings, readers_after
from eig.evaluation.queries.queue import (
    LoadedReader,
    dossiers_apart,
    lacking_readings,
    readers_to_choose,
    readers_with_load,
    reading_board,
    trades_by_dossier,
)
from eig.evaluation.queries.reading import (
    AnyReading,
    ReadingSummary,
    being_read,
    criterion_means,
    desk_of,
    dossiers_of,
    is_being_read,
    is_decided,
    open_to,
    others_signed,
    queues_of,
    readable_by,
    reading_summary,
    readings_of,
    reads,
    reviews_of,
    waiting,
    with_marks,
)
