"""Tell: a copy is ready, an erasure is announced, an erasure is done."""

from datetime import datetime

from django.urls import reverse

from eig.mail.outbox import post
from eig.personal import Clock
from privacy.models import DataCopy, Erasure, PurgeNotice

FAREWELL = "privacy/account_erased"


def copy_ready(copy: DataCopy, *, at: datetime) -> None:
    post(
        "privacy/copy_ready",
        to=copy.person,
        key=f"data-copy:{copy.code}",
        at=at,
        copy=copy,
        path=reverse("privacy:my_data"),
    )


def purge_announced(notice: PurgeNotice, *, clock: Clock, at: datetime) -> None:
    post(
        "privacy/purge_announced",
        to=notice.person,
        key=f"purge-notice:{notice.pk}",
        at=at,
        notice=notice,
        title=clock.title,
        since=clock.since,
        path=reverse("privacy:my_data"),
    )


def account_erased(address: str, *, proof: Erasure, at: datetime) -> None:
    """The last one, to an address that is nobody's any more: its row is emptied once it has left."""
    post(
        FAREWELL,
        to=address,
        key=f"account-erased:{proof.code}",
        at=at,
        proof=proof,
        path=reverse("design:legal_privacy"),
    )
