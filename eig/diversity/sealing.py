"""The pool at rest: one sealed block per promotion, always of the same size.

The database reads nothing of it.
"""

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

# Room for twenty answers and the tokens of the last ones; a longer pool would be a fault.
SIZE = 32_768


def _box() -> MultiFernet:
    """The application's secret, and the former ones while they are rotated."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [hashlib.sha256(b"eig.diversity" + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def seal(content: dict[str, Any]) -> bytes:
    plain = json.dumps(content).encode()
    if len(plain) > SIZE:
        raise ValueError("the pool is larger than its block")
    # A Fernet token tells its second: the clock is hidden, as the length is.
    return _box().encrypt_at_time(plain.ljust(SIZE), 0)


def unseal(block: bytes) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(_box().decrypt(bytes(block)))
    return content
