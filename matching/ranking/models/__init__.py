"""A preselected candidate's wishes: up to five published projects, in order, certified in time."""

from matching.ranking.models.adjustment import Adjustment
from matching.ranking.models.bookmark import Bookmark
from matching.ranking.models.ranking import Choice, Ranking
from matching.ranking.models.snapshot import Snapshot
