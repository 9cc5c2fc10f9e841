"""What may be done to many projects at once, each row by row (`eig.listing`)."""

from datetime import datetime

from eig.accounts.models import User
from eig.lifecycle import IllegalMove
from eig.listing.models import BulkDeed
from projects.actions.eligibility import ConditionUnmet, accept_eligibility
from projects.models import Project

REFUSALS = (ConditionUnmet, IllegalMove)


def accept(bulk: BulkDeed, project: Project, by: User, at: datetime) -> str:
    accept_eligibility(project, by=by, at=at)
    return "Recevable ; ses auteurs en sont informés."
