"""Enter and leave the public directory: an agreement with an end, taken back at any time."""

from datetime import datetime

from django.db import transaction

from cohorts.choices import MemberStatus
from cohorts.models import DirectoryEntry, Member
from cohorts.rules import consent_ends
from eig.accounts.models import User
from eig.journal.actions import record as journal


class NotAlumni(Exception):
    """Only a completed mission opens the directory."""


@transaction.atomic
def join_directory(member: Member, *, by: User, at: datetime, headline: str) -> DirectoryEntry:
    """List an alumnus or alumna publicly for two years; doing it again renews the agreement."""
    if member.status != MemberStatus.COMPLETED:
        raise NotAlumni("L’annuaire s’ouvre à la fin de la mission.")
    entry, _ = DirectoryEntry.objects.update_or_create(
        promotion=member.promotion,
        person=member.person,
        defaults={
            "name": str(member.person),
            "trade": member.trade,
            "project_title": member.team.project.title,
            "headline": headline.strip(),
            "consented_at": at,
            "expires_at": consent_ends(at),
        },
    )
    journal("join_directory", entry, by=by, at=at)
    return entry


@transaction.atomic
def leave_directory(member: Member, *, by: User, at: datetime) -> bool:
    """Take the agreement back: the entry disappears at once. False when there was none."""
    entry = DirectoryEntry.objects.filter(promotion=member.promotion, person=member.person).first()
    if entry is None:
        return False
    journal("leave_directory", entry, by=by, at=at)
    entry.delete()
    return True
