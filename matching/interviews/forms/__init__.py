"""Listen: the grid a juror fills, what staff compose, filters."""

from matching.interviews.forms.candidate import ArrangementsForm, ChoiceForm, SlotForm
from matching.interviews.forms.card import ReasonForm, ScorecardForm
from matching.interviews.forms.staff import (
    AuditionFilter,
    CancelForm,
    HandPlanForm,
    JurorFilter,
    JurorForm,
    NeedsForm,
    PanelForm,
    PanelPlaceForm,
    SeatForm,
    SlotsForm,
)

__all__ = [
    "ArrangementsForm",
    "AuditionFilter",
    "CancelForm",
    "ChoiceForm",
    "HandPlanForm",
    "JurorFilter",
    "JurorForm",
    "NeedsForm",
    "PanelForm",
    "PanelPlaceForm",
    "ReasonForm",
    "ScorecardForm",
    "SeatForm",
    "SlotForm",
    "SlotsForm",
]
