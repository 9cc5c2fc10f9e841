"""What can happen to wishes: they are ordered, certified, opened again; the ranking opens and closes."""

from matching.ranking.actions.adjusting import (
    NothingToAdjust,
    NothingToTell,
    UnfairAdjustment,
    adjust_wishes,
    announce_change,
)
from matching.ranking.actions.bookmarks import keep_aside
from matching.ranking.actions.certifying import NotReady, certify_ranking, reopen_ranking
from matching.ranking.actions.editing import (
    AlreadyCertified,
    NotOffered,
    StaleRanking,
    TooManyWishes,
    accept_other_project,
    add_choice,
    explain_choice,
    move_choice,
    open_ranking,
    place_choice,
    remove_choice,
    set_choices,
)
from matching.ranking.actions.locking import NotShortlisted
from matching.ranking.actions.running import CLOSING, close_rankings, drop_withdrawn_project, invite_to_rank
