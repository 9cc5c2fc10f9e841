"""Listen: who registers, who books, what the programme team opens."""

from eig.meetings.forms.public import BookingForm, RegistrationForm, WebinarFilter
from eig.meetings.forms.staff import (
    BookingNotesForm,
    CancellationForm,
    OpenSlotsForm,
    RegistrationFilter,
    WebinarForm,
)
