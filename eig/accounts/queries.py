"""Who may accept which invitation; who is behind an address."""

import hashlib
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from eig.accounts.models import Invitation, User


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation(token: str, *, at: datetime) -> Invitation | None:
    """The invitation behind a link, or None when unknown, used, revoked or expired."""
    return (
        Invitation.objects.select_related("created_by")
        .filter(
            token_hash=token_hash(token), accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at
        )
        .first()
    )


def addresses_of(person: User) -> list[str]:
    """The address of the account, and those that the person proved to be theirs."""
    proved = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return sorted({person.email, *proved})


def person_at(address: str) -> User | None:
    """The person behind an address: who proved it first, else the account that was opened with it."""
    email = address.strip().lower()
    proved = User.objects.filter(emailaddress__email=email, emailaddress__verified=True).first()
    return proved or User.objects.filter(email=email).first()


def accounts_of(*people: User | int) -> QuerySet[User, int]:
    """Ids of the accounts that share an address with these, themselves included; usable as a subquery.

    Two accounts of one person: one was opened by the team with an address that the other proved.
    """
    proved = EmailAddress.objects.filter(verified=True)
    these = User.objects.filter(pk__in=[getattr(each, "pk", each) for each in people])
    same = User.objects.filter(email__in=proved.filter(user__in=these).values("email"))
    provers = User.objects.filter(pk__in=proved.filter(email__in=these.values("email")).values("user"))
    return these.values_list("pk", flat=True).union(
        same.values_list("pk", flat=True), provers.values_list("pk", flat=True)
    )
