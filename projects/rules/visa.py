"""Visas: which are needed, what each one approved, what is still in the way of handing in."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from eig.dossiers.rules import SectionView, filled, sha256
from projects.choices import VisaStatus

VALID_FOR = timedelta(days=14)
REMIND_AFTER = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class VisaRule:
    """A visa that the promotion asks for; `contact` is the question that names the person, if any does."""

    code: str
    label: str
    section: str
    contact: str
    asks: str


class VisaState(StrEnum):
    """Where a visa is, for the people of the project."""

    NEEDED = "needed"
    ASKED = "asked"
    EXPIRED = "expired"
    CHANGE_ASKED = "change_asked"
    STALE = "stale"
    GIVEN = "given"


def visa_rules(rows: Iterable[Mapping[str, str]]) -> tuple[VisaRule, ...]:
    return tuple(VisaRule(**{name: row[name] for name in VisaRule.__slots__}) for row in rows)


def section_digest(section: SectionView, answers: Mapping[str, Any]) -> str:
    """What a section says, letter for letter."""
    said = {
        question.code: answers[question.code]
        for question in section.written
        if filled(answers.get(question.code))
    }
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode())


def visa_state(status: str, *, approved: str, digest: str, expires_at: datetime, now: datetime) -> VisaState:
    """The state of a live visa; one given on another text is stale."""
    if status == VisaStatus.GIVEN:
        return VisaState.GIVEN if approved == digest else VisaState.STALE
    if status == VisaStatus.CHANGE_ASKED:
        return VisaState.CHANGE_ASKED
    return VisaState.ASKED if now < expires_at else VisaState.EXPIRED


def visas_refusal(states: Sequence[tuple[str, VisaState]]) -> str | None:
    """Why the visas do not let the project be handed in (label, state of each), or None when they do."""
    missing = [label for label, state in states if state not in {VisaState.GIVEN, VisaState.STALE}]
    stale = [label for label, state in states if state == VisaState.STALE]
    said = []
    if missing:
        said.append(f"Il manque {'le visa' if len(missing) == 1 else 'les visas'} : {', '.join(missing)}.")
    if stale:
        said.append(
            f"La rubrique a changé depuis {'le visa' if len(stale) == 1 else 'les visas'} : "
            f"{', '.join(stale)}. Redemandez-{'le' if len(stale) == 1 else 'les'}."
        )
    return " ".join(said) or None
