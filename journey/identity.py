"""What happens to an account is told to the journal: addresses, password, second factor; never their values.

allauth does these deeds, and says them by its signals (65.21).
"""

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as factor
from django.dispatch import receiver
from django.utils import timezone

from eig.accounts.models import User
from eig.journal.actions import record as journal


@receiver(account.email_added)
def address_added(user: User, **_: Any) -> None:
    journal("add_address", user, by=user, at=timezone.now())


@receiver(account.email_confirmed)
def address_confirmed(email_address: EmailAddress, **_: Any) -> None:
    journal("confirm_address", email_address.user, by=email_address.user, at=timezone.now())


@receiver(account.email_changed)
def address_changed(user: User, **_: Any) -> None:
    journal("change_address", user, by=user, at=timezone.now())


@receiver(account.email_removed)
def address_removed(user: User, **_: Any) -> None:
    journal("remove_address", user, by=user, at=timezone.now())


@receiver([account.password_set, account.password_changed, account.password_reset])
def password_changed(user: User, **_: Any) -> None:
    journal("change_password", user, by=user, at=timezone.now())


@receiver([factor.authenticator_added, factor.authenticator_reset])
def factor_added(user: User, authenticator: Any, **_: Any) -> None:
    journal("add_factor", user, by=user, at=timezone.now(), kind=str(authenticator.type))


@receiver(factor.authenticator_removed)
def factor_removed(user: User, authenticator: Any, **_: Any) -> None:
    journal("remove_factor", user, by=user, at=timezone.now(), kind=str(authenticator.type))
