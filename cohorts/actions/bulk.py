"""What may be done to many members at once (`eig.listing`)."""

from datetime import datetime

from cohorts.actions.mission import BadDate, complete_mission
from cohorts.models import Member
from eig.accounts.models import User
from eig.french import dates
from eig.lifecycle import IllegalMove
from eig.listing.models import BulkDeed

REFUSALS = (BadDate, IllegalMove)


def complete(bulk: BulkDeed, member: Member, by: User, at: datetime) -> str:
    complete_mission(member, by=by, at=at, on=member.ends_on)
    return f"Mission terminée le {dates.day(member.ends_on)} ; la personne en est informée."
