"""The minutes of a panel as canonical content: figures and fingerprints, no name and no free text."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eig.evaluation.choices import SheetStatus
from eig.french import dates
from matching.interviews.choices import AuditionStatus

VERSION = 1


@dataclass(frozen=True, slots=True)
class CardLine:
    """A juror's card: `total` is the weighted total once signed, whatever is not signed has none."""

    juror: str
    status: str
    total: int | None


@dataclass(frozen=True, slots=True)
class PassageLine:
    """One audition of the panel. `score` on the common scale, when every live card is signed."""

    audition: str
    application: str
    project: str
    starts: datetime
    status: str
    presence: str
    began: datetime | None
    ended: datetime | None
    by_phone: bool
    cards: tuple[CardLine, ...]
    score: int | None
    verdict: str
    opinion: str
    incident: str


@dataclass(frozen=True, slots=True)
class PanelLine:
    code: str
    name: str
    room: str
    starts: datetime
    ends: datetime
    jurors: tuple[tuple[str, str, bool], ...]


def fingerprint(text: str) -> str:
    """SHA-256 of a text, hexadecimal; empty for no text."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def minutes_content(panel: PanelLine, passages: Sequence[PassageLine]) -> dict[str, Any]:
    """What is frozen. Jurors are (code, type, référent·e), people and projects are numbers."""
    return {
        "version": VERSION,
        "panel": {
            "code": panel.code,
            "name": panel.name,
            "room": panel.room,
            "starts": _instant(panel.starts),
            "ends": _instant(panel.ends),
            "jurors": [
                {"code": code, "type": kind, "referent": referent} for code, kind, referent in panel.jurors
            ],
        },
        "auditions": [
            _passage(line) for line in sorted(passages, key=lambda item: (item.starts, item.audition))
        ],
    }


def in_order(passages: Iterable[PassageLine]) -> list[PassageLine]:
    return sorted(passages, key=lambda item: (item.starts, item.audition))


def _passage(line: PassageLine) -> dict[str, Any]:
    return {
        "audition": line.audition,
        "application": line.application,
        "project": line.project,
        "starts": _instant(line.starts),
        "status": line.status,
        "presence": line.presence,
        "began": _instant(line.began),
        "ended": _instant(line.ended),
        "by_phone": line.by_phone,
        "cards": [
            {"juror": card.juror, "status": card.status, "total": card.total}
            for card in sorted(line.cards, key=lambda item: item.juror)
        ],
        "score": line.score,
        "verdict": line.verdict,
        "opinion_sha256": fingerprint(line.opinion),
        "incident_sha256": fingerprint(line.incident),
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def canonical(content: dict[str, Any]) -> bytes:
    """The bytes that are hashed: keys sorted, no space, UTF-8."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def unsettled(passages: Iterable[PassageLine]) -> list[str]:
    """What forbids the minutes, in words: who was neither heard nor missed, cards to sign, no opinion."""
    found = []
    for line in in_order(passages):
        # The hour is how a room knows an audition; minutes hold no name.
        which = f"de {dates.hour(line.starts)} ({line.application})"
        if line.status == AuditionStatus.PLACED:
            found.append(f"L’audition {which} n’est ni entendue ni déclarée absente.")
        if line.status != AuditionStatus.HEARD:
            continue
        waiting = sum(card.status == SheetStatus.DRAFT for card in line.cards)
        if waiting:
            found.append(f"Audition {which} : {waiting} fiche{'s' if waiting > 1 else ''} à signer.")
        elif not line.opinion:
            found.append(f"Audition {which} : l’avis collectif n’est pas écrit.")
    return found
