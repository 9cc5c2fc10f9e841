"""What a deed on many members would do to each, before it is done."""

from collections.abc import Sequence

from cohorts.choices import MemberStatus
from cohorts.models import Member
from cohorts.rules import day_in_paris
from eig.listing.lists import Judge
from eig.listing.models import BulkDeed


def completing(bulk: BulkDeed, ids: Sequence[int]) -> Judge:
    today = day_in_paris(bulk.asked_at)

    def judge(member: Member) -> str:
        if member.status != MemberStatus.ACTIVE:
            return f"Elle est « {member.get_status_display().lower()} »."
        return "" if member.ends_on <= today else "La fin prévue n’est pas encore passée."

    return judge
