"""Who may accept which invitation."""

import hashlib
from datetime import datetime

from eig.accounts.models import Invitation


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation(token: str, *, at: datetime) -> Invitation | None:
    """The invitation behind a link, or None when unknown, used, revoked or expired."""
    return (
        Invitation.objects.select_related("created_by")
        .filter(
            token_hash=token_hash(token),
            accepted_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=at,
        )
        .first()
    )
