"""What may be done to many advice slots at once (`eig.listing`)."""

from datetime import datetime

from eig.accounts.models import User
from eig.lifecycle import IllegalMove
from eig.listing.models import BulkDeed
from eig.meetings.actions.advice import close_slot
from eig.meetings.models import AdviceSlot

REFUSALS = (IllegalMove,)


def close(bulk: BulkDeed, slot: AdviceSlot, by: User, at: datetime) -> str:
    close_slot(slot, by=by, at=at)
    return "Le créneau n’est plus proposé ; qui l’avait réservé en est averti."
