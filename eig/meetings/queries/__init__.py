"""Read meetings: what is coming, who comes, what is still free, what a personal link opens."""

from eig.meetings.queries.advice import advice_days, advice_slots_free, booking_behind, bookings_of
from eig.meetings.queries.events import booking_event, event_id, page_at, registration_event, webinar_event
from eig.meetings.queries.links import booking_token, project_of_ticket, project_ticket, registration_token
from eig.meetings.queries.webinar import (
    people_waiting,
    registration_behind,
    registrations_of,
    seats_taken,
    waiting_rank,
    webinars_coming,
    webinars_listed,
    webinars_of,
)
