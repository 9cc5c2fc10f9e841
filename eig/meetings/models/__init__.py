"""What meetings remember: webinars and who comes, advice slots and who booked them."""

from eig.meetings.models.advice import AdviceBooking, AdviceSlot
from eig.meetings.models.webinar import Registration, Webinar
