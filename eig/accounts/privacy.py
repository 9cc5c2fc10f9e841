"""Accounts: who the person is, how they sign in."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from eig.accounts.models import Invitation, User
from eig.personal import EMPTY, PERSON, Clock, Purpose, Record, Register, delete

# The address of an erased account: reserved for ever (RFC 2606), no mail can leave for it.
NOWHERE = "eig.invalid"
NOBODY = f"personne@{NOWHERE}"


def _address(user: Any) -> str:
    return f"{user.code.hex}@{NOWHERE}"


def _no_password(_: Any) -> str:
    return f"!{secrets.token_urlsafe(30)}"


def living() -> QuerySet[User]:
    """Accounts that still name somebody."""
    return User.objects.exclude(email__endswith=f"@{NOWHERE}")


def sleeping_accounts() -> QuerySet[User]:
    """From the last sign-in; the programme team is not concerned."""
    return (
        living()
        .filter(is_staff=False, is_superuser=False)
        .annotate(clock_started_at=Coalesce(F("last_login"), F("date_joined")))
    )


def spent_invitations() -> QuerySet[Invitation]:
    return Invitation.objects.exclude(email=NOBODY).annotate(clock_started_at=F("expires_at"))


def old_connections() -> QuerySet[UserSession]:
    found: QuerySet[UserSession] = UserSession.objects.annotate(clock_started_at=F("last_seen_at"))
    return found


def forget_invitations(rows: QuerySet[Invitation]) -> int:
    return rows.update(email=NOBODY)


PURPOSES = (
    Purpose(
        code="account",
        title="Votre compte",
        why="Vous reconnaître, protéger votre accès, vous écrire.",
        seen_by="vous, l’équipe du programme ; vos coéquipières et coéquipiers voient votre nom",
        kept="{months} mois après votre dernière connexion ; un courriel vous prévient trente jours avant",
        erasure="Nom, adresse, mot de passe, double authentification et connexions disparaissent aussitôt.",
        clock="accounts",
    ),
    Purpose(
        code="connections",
        title="Vos connexions",
        why="Vous montrer où votre compte est ouvert, et repérer un accès qui n’est pas le vôtre.",
        seen_by="vous",
        kept="{months} mois après la dernière visite",
        erasure="Toutes disparaissent aussitôt ; vous êtes déconnecté·e partout.",
        clock="connections",
    ),
    Purpose(
        code="invitations",
        title="Invitations reçues",
        why="Vous donner un rôle : relire, co-écrire un projet, rejoindre l’équipe.",
        seen_by="vous, l’équipe du programme",
        kept="{months} mois après la fin de leur validité",
        erasure="Votre adresse en est retirée.",
        clock="invitations",
    ),
)

RECORDS = (
    Record(User, PERSON, "pk", "account",
           erased={"email": _address, "first_name": "Personne", "last_name": "effacée",
                   "password": _no_password, "last_login": EMPTY, "is_active": False},
           shown="first_name last_name email date_joined last_login", searched=False),
    Record(EmailConfirmation, PERSON, "email_address__user", "account", plain="key", gone=True),
    Record(EmailAddress, PERSON, "user", "account", kept="user email", gone=True,
           shown="email verified primary", title="Adresse électronique", searched=False),
    Record(Authenticator, PERSON, "user", "account", kept="user data", gone=True,
           shown="type created_at last_used_at", title="Double authentification", searched=False),
    Record(UserSession, PERSON, "user", "connections", kept="user ip session_key user_agent data", gone=True,
           shown="created_at last_seen_at ip user_agent", title="Connexion", searched=False),
    Record(Invitation, PERSON, "accepted_by", "invitations", address="email", erased={"email": NOBODY},
           kept="created_by accepted_by", plain="purpose subject token_hash",
           shown="purpose created_at expires_at accepted_at"),
)  # fmt: skip

CLOCKS = (
    Clock("accounts", "Compte sans activité", "la dernière connexion", 24, sleeping_accounts, subject=PERSON,
          person="pk"),
    Clock("connections", "Connexions", "la dernière visite", 12, old_connections, forget=delete),
    Clock("invitations", "Invitations", "la fin de leur validité", 3, spent_invitations,
          forget=forget_invitations),
)  # fmt: skip

REGISTER = Register(PURPOSES, RECORDS, CLOCKS)
