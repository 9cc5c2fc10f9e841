"""Correct one's name. What was handed in or printed under the former one stays as it was sent."""

from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal


@transaction.atomic
def correct_name(person: User, *, first_name: str, last_name: str, at: datetime) -> bool:
    """Change the name that pages and mails use; False when it is the same."""
    before = (person.first_name, person.last_name)
    if before == (first_name.strip(), last_name.strip()):
        return False
    person.first_name, person.last_name = first_name.strip(), last_name.strip()
    person.save(update_fields=["first_name", "last_name"])
    journal("correct_name", person, by=person, at=at)
    return True
