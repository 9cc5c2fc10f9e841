"""The pool at rest: one sealed block per promotion, always of the same size.

The database reads nothing of it. The key is the questionnaire's own, so that that of sessions and links may
change; before it existed the application's sealed, which is why that one still opens.
"""

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

# Room for twenty answers and the tokens of the last ones; a longer pool would be a fault.
SIZE = 32_768


class Unreadable(Exception):
    """No key of the settings opens the block: one was lost, or changed without its former value."""


def secrets() -> list[str]:
    """The one that seals, then those that still open."""
    ours = [settings.QUESTIONNAIRE_KEY, *settings.QUESTIONNAIRE_KEY_FALLBACKS]
    return [secret for secret in (*ours, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS) if secret]


def _box() -> MultiFernet:
    keys = [hashlib.sha256(b"eig.diversity" + secret.encode()).digest() for secret in secrets()]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def seal(content: dict[str, Any]) -> bytes:
    plain = json.dumps(content).encode()
    if len(plain) > SIZE:
        raise ValueError("the pool is larger than its block")
    # A Fernet token tells its second: the clock is hidden, as the length is.
    return _box().encrypt_at_time(plain.ljust(SIZE), 0)


def unseal(block: bytes) -> dict[str, Any]:
    """Raises Unreadable."""
    try:
        content: dict[str, Any] = json.loads(_box().decrypt(bytes(block)))
    except InvalidToken as error:
        raise Unreadable from error
    return content
