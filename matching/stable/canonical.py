"""One way to write a value as bytes, so that a hash means something.

The same bytes as `jq --compact-output --sort-keys --join-output .`: keys sorted, no spaces, UTF-8 unescaped.
"""

import hashlib
import json


def canonical_json(value: object) -> bytes:
    """Raises ValueError on NaN and infinities, TypeError on what JSON cannot say."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def fingerprint(value: object) -> str:
    """SHA-256 of the canonical bytes, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()
