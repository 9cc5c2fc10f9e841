"""What a receipt seals: the canonical content of a dossier, its digest, its number."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any


def canonical_content(
    *, promotion: str, kind: str, answers: Mapping[str, Any], files: Mapping[str, Sequence[str]] | None = None
) -> bytes:
    """One way to write the content down: sorted keys, no spaces, UTF-8; files count by their SHA-256."""
    content = {
        "promotion": promotion,
        "kind": kind,
        "answers": answers,
        "files": {question: sorted(digests) for question, digests in (files or {}).items()},
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def receipt_number(*, promotion: str, letter: str, rank: int) -> str:
    """« EIG-6-C-0042 »: promotion, kind of dossier, order of arrival."""
    return f"{promotion.upper()[:20]}-{letter}-{rank:04d}"


def amended_number(number: str, rank: int) -> str:
    """« EIG-6-C-0042-R1 »: the receipt of the first correction of a dossier."""
    return f"{number}-R{rank}"
