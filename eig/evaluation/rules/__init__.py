"""Decide: what marks are worth, what a person is told of them, who reads what. Plain values in and out."""

from eig.evaluation.rules.marks import (
    COMMON_MULTIPLE,
    Content,
    mean_mark,
    needs_comment,
    needs_third_reader,
    out_of_scale,
    scaled_score,
    shown,
    shown_score,
    shown_total,
    spread,
    unmarked,
    weighted_total,
)
from eig.evaluation.rules.reasons import CONVINCED, LACKED, Judged, anchor_nearest, written_reason
from eig.evaluation.rules.sharing import (
    Distribution,
    Lacking,
    ReaderLoad,
    distribution,
    next_in_queue,
    readings_lacking,
)
