"""A candidate leaves: every room lets go of what it holds, in one transaction, from the top down."""

from datetime import datetime

from django.db import transaction

from candidates.actions import withdraw_application_record
from candidates.models import Application
from eig.accounts.models import User
from matching.interviews.actions import cancel_auditions_of_application
from matching.teams.actions import cancel_offers


@transaction.atomic
def withdraw_application(application: Application, *, by: User, at: datetime) -> None:
    """Withdraw everywhere: the live offer is taken back, auditions are cancelled, the dossier closes."""
    cancel_offers(application, by=by, at=at)
    cancel_auditions_of_application(application, by=by, at=at)
    withdraw_application_record(application, by=by, at=at)
