"""Listen: the grid a juror fills, what staff compose, filters."""

from matching.interviews.forms.audition import CancelForm, HandPlanForm
from matching.interviews.forms.booking import ChoiceForm, SlotForm
from matching.interviews.forms.card import ScorecardForm
from matching.interviews.forms.needs import ArrangementsForm, NeedsForm
from matching.interviews.forms.panel import SlotsForm
