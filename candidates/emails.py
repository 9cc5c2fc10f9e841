"""Tell: what is written to candidates, and when."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from candidates.choices import Outcome
from candidates.models import Application, Decision, PoolMember
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.mail.outbox import Letter, letter, post, post_all
from eig.promotions.models import Phase, Promotion
from eig.promotions.queries import phases_by_kind
from eig.waves.models import Wave

DECISION_LETTERS: Mapping[str, str] = {
    Outcome.SHORTLISTED: "candidates/application_shortlisted",
    Outcome.RESERVED: "candidates/application_reserved",
    Outcome.DECLINED: "candidates/application_declined",
}


def path_of(application: Application) -> str:
    return reverse("candidates:application_detail", args=[application.code])


def _letter(template: str, application: Application, /, *, key: str, **context: Any) -> Letter:
    context = {"promotion": application.promotion, "path": path_of(application), **context}
    return letter(template, application.candidate, key, application=application, **context)


def _tell(template: str, application: Application, /, *, key: str, at: datetime, **context: Any) -> None:
    told = _letter(template, application, key=key, **context)
    post_all([told], at=at, promotion_id=application.promotion_id)


def application_received(application: Application, *, at: datetime) -> None:
    """The receipt, by mail."""
    receipt = reverse("candidates:application_receipt", args=[application.code])
    key = f"application-received:{application.pk}"
    _tell("candidates/application_received", application, key=key, at=at, receipt=receipt)


def application_withdrawn(application: Application, *, at: datetime) -> None:
    key = f"application-withdrawn:{application.pk}"
    _tell("candidates/application_withdrawn", application, key=key, at=at)


def application_ineligible(application: Application, *, at: datetime) -> None:
    # A refusal may be taken back and said again: the instant is part of the event.
    key = f"application-ineligible:{application.pk}:{at.isoformat()}"
    _tell("candidates/application_ineligible", application, key=key, at=at)


def application_restored(application: Application, *, reason: str, at: datetime) -> None:
    key = f"application-restored:{application.pk}:{at.isoformat()}"
    _tell("candidates/application_restored", application, key=key, at=at, reason=reason)


def decision_letters(wave: Wave, decisions: Sequence[Decision]) -> list[tuple[Decision, Letter | None]]:
    """Each decision with its letter."""
    phases = phases_by_kind(wave.promotion)
    context = {
        "promotion": wave.promotion,
        "criteria": grid_of(wave.promotion_id, Stage.APPLICATION_READING).criteria,
        "reveal": phases.get("reveal"),
        "ranking": phases.get("ranking"),
    }
    told: list[tuple[Decision, Letter | None]] = []
    for decision in decisions:
        template, key = DECISION_LETTERS[decision.outcome], decision.letter_key
        written = _letter(template, decision.application, key=key, decision=decision, **context)
        told.append((decision, written))
    return told


def team_letter(application: Application, *, subject: str, text: str, key: str, at: datetime) -> None:
    """A letter that the team wrote itself."""
    _tell("candidates/team_letter", application, key=key, at=at, subject=subject, text=text)


def _pool(promotion: Promotion) -> str:
    return reverse("candidates:pool_edit", args=[promotion.programme.code])


def pool_joined(member: PoolMember, *, promotion: Promotion, at: datetime) -> None:
    key = f"pool-joined:{member.pk}:{at.isoformat()}"
    told: dict[str, Any] = {"member": member, "promotion": promotion, "path": _pool(promotion)}
    post("candidates/pool_joined", to=member.person, key=key, at=at, promotion_id=promotion.pk, **told)


def pool_told(members: Sequence[PoolMember], *, promotion: Promotion, phase: Phase, at: datetime) -> None:
    """One letter for each member and each call, whoever presses the button and how many times."""
    call = reverse("candidates:call", args=[promotion.code])
    told: dict[str, Any] = {"promotion": promotion, "phase": phase, "path": call, "leave": _pool(promotion)}
    template, key = "candidates/pool_called", f"pool-called:{promotion.pk}"
    letters = [letter(template, one.person, f"{key}:{one.person_id}", member=one, **told) for one in members]
    post_all(letters, at=at, promotion_id=promotion.pk)
