"""The cast: Alice applies, Badis leads a project, Claire reads, Diane runs it all, Émile is a stranger."""

from datetime import datetime

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client, RequestFactory

from eig.accounts.models import User
from eig.promotions.models import Phase, Promotion

PASSWORD = "un mot de passe de quinze lettres"


def person(
    first_name: str, last_name: str = "Martin", *, staff: bool = False, second_factor: bool = False
) -> User:
    """A person with a verified address and no usable password (sign in by `signed_in`)."""
    ascii_name = f"{first_name}.{last_name}".lower().replace("é", "e").replace(" ", "-")
    user = User(
        email=f"{ascii_name}@exemple.example", first_name=first_name, last_name=last_name, is_staff=staff
    )
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if staff or second_factor:
        give_second_factor(user)
    return user


def give_second_factor(user: User) -> None:
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "JBSWY3DPEHPK3PXP"}}
    )


# What the part of a page that waits for a print sends (documents/printing.html).
ASKS_ITSELF = {"HX-Request": "true", "HX-Target": "impression"}


def signed_in(user: User) -> Client:
    """A browser where `user` is signed in, and has just proved who they are (grave deeds pass)."""
    client = Client()
    client.force_login(user)
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, user, "password", email=user.email, reauthenticated=True)
    request.session.save()
    return client


def phase(
    promotion: Promotion, kind: str, *, opens: datetime | None = None, closes: datetime | None = None
) -> Phase:
    """Move one phase of a promotion."""
    row = Phase.objects.get(promotion=promotion, kind=kind)
    if opens is not None:
        row.opens_at = opens
    if closes is not None:
        row.closes_at = closes
    row.save()
    return row


@pytest.fixture
def alice(db: None) -> User:
    return person("Alice", "Aubert")


@pytest.fixture
def badis(db: None) -> User:
    return person("Badis", "Benali")


@pytest.fixture
def claire(db: None) -> User:
    return person("Claire", "Colin", second_factor=True)


@pytest.fixture
def diane(db: None) -> User:
    return person("Diane", "Delmas", staff=True)


@pytest.fixture
def denis(db: None) -> User:
    """The second person of the programme team: decisions need two."""
    return person("Denis", "Duval", staff=True)


@pytest.fixture
def emile(db: None) -> User:
    return person("Émile", "Étienne")
