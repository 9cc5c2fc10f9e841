"""Tell: a copy is ready, an erasure is announced, an erasure is done."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from eig.mail.outbox import post
from eig.personal import Clock
from privacy.models import DataCopy, Erasure, PurgeNotice

FAREWELL = "privacy/account_erased"


def copy_ready(copy: DataCopy, *, at: datetime) -> None:
    key, path = f"data-copy:{copy.code}", reverse("privacy:my_data")
    post("privacy/copy_ready", to=copy.person, key=key, at=at, copy=copy, path=path)


def purge_announced(notice: PurgeNotice, *, clock: Clock, at: datetime) -> None:
    key, path = f"purge-notice:{notice.pk}", reverse("privacy:my_data")
    told: dict[str, Any] = {"notice": notice, "title": clock.title, "since": clock.since}
    post("privacy/purge_announced", to=notice.person, key=key, at=at, path=path, **told)


def account_erased(address: str, *, proof: Erasure, at: datetime) -> None:
    """The last one, to an address that is nobody's any more: its row is emptied once it has left."""
    key, path = f"account-erased:{proof.code}", reverse("design:legal_privacy")
    post(FAREWELL, to=address, key=key, at=at, proof=proof, path=path)
