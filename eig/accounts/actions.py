"""Invite a person to a role, and use an invitation once; open an account for whoever has none."""

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from eig.accounts.models import Invitation, User
from eig.accounts.queries import addresses_of, person_at, token_hash

VALID_FOR = timedelta(days=14)


class InvitationSpent(Exception):
    """The link was used, revoked, has expired, or was sent to another address."""


@transaction.atomic
def invite(email: str, *, purpose: str, by: User, at: datetime, subject: str = "") -> tuple[Invitation, str]:
    """Create an invitation; the token is returned once, to be put in the mail, and never stored."""
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        purpose=purpose,
        subject=subject,
        token_hash=token_hash(token),
        created_at=at,
        created_by=by,
        expires_at=at + VALID_FOR,
    )
    return invitation, token


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Spend the invitation. Of two clicks at the same moment, one succeeds."""
    if invitation.email not in addresses_of(by):
        raise InvitationSpent("Cette invitation est destinée à une autre adresse électronique.")
    spent = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at
    ).update(accepted_at=at, accepted_by=by)
    if not spent:
        raise InvitationSpent(
            "Cette invitation a déjà été utilisée ou a expiré. Demandez-en une nouvelle à l’équipe."
        )


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, at: datetime) -> None:
    """Withdraw an invitation that nobody has accepted yet."""
    Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(revoked_at=at)


@transaction.atomic
def person_behind(*, email: str, first_name: str, last_name: str) -> User:
    """The account of an address; without one, it is opened, and its person signs in with a code by mail."""
    if person := person_at(email):
        return person
    address = email.strip().lower()
    try:
        with transaction.atomic():
            return User.objects.create_user(
                address, None, first_name=first_name.strip(), last_name=last_name.strip()
            )
    except IntegrityError:
        return User.objects.get(email=address)
