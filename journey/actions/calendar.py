"""Deeds that several rooms see: extend a call, publish what is due."""

from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.french import dates
from eig.journal.actions import record as journal
from eig.orders.actions import ask_order
from eig.orders.kinds import Given, OrderKind
from eig.orders.models import Order
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import closing_gate
from eig.promotions.models import Extension, Phase, Promotion
from eig.promotions.queries import moment
from journey.queries.calendar import concerned_by, mailed_by, moved_by
from projects.actions import prolong_visas
from projects.emails import call_extended


class NotAnExtension(Exception):
    """The new date is not after the present one, or over already, or the phase was closed by the team."""


def _refuse(phase: Phase, *, closes_at: datetime, now: datetime) -> None:
    if phase.closed_at is not None:
        raise NotAnExtension("Cette étape a été close par l’équipe : elle ne peut plus être prolongée.")
    if closes_at <= phase.closes_at:
        raise NotAnExtension("La nouvelle clôture doit être postérieure à la clôture actuelle.")
    # Asked for in time, confirmed days later.
    if closes_at <= now:
        raise NotAnExtension("La nouvelle clôture est déjà passée : demandez une autre date.")


@transaction.atomic
def extend_phase(phase: Phase, *, closes_at: datetime, reason: str, by: User, at: datetime) -> Extension:
    """Publish a later closing; the original date stays on record. Waits for the deeds under way."""
    gate = closing_gate(phase.promotion_id, phase.kind)
    locked = gate.phase
    _refuse(locked, closes_at=closes_at, now=gate.now)
    extension = Extension.objects.create(
        phase=locked,
        closed_at_before=locked.closes_at,
        closes_at_after=closes_at,
        reason=reason,
        published_at=at,
        published_by=by,
    )
    Phase.objects.filter(pk=locked.pk).update(closes_at=closes_at)
    if locked.kind == PhaseKind.PROJECTS:
        prolong_visas(locked.promotion, closes_at=closes_at)
        call_extended(locked.promotion, closes_at=closes_at, reason=reason, at=at)
    journal(
        "extend_phase",
        locked,
        by=by,
        at=at,
        promotion_id=locked.promotion_id,
        before=locked.closes_at.isoformat(),
        after=closes_at.isoformat(),
    )
    return extension


def _reopen(promotion: Promotion, given: Given, *, reason: str, by: User, at: datetime) -> str:
    phase = Phase.objects.get(promotion=promotion, kind=given["kind"])
    extend_phase(phase, closes_at=datetime.fromisoformat(given["closes_at"]), reason=reason, by=by, at=at)
    return "La nouvelle clôture est publiée."


def _reopening_words(promotion: Promotion, given: Given) -> list[str]:
    closes_at = datetime.fromisoformat(given["closes_at"])
    phase = Phase.objects.get(promotion=promotion, kind=given["kind"])
    mailed = mailed_by(promotion, phase.kind)
    return [
        f"Clôture passée : {dates.deadline(phase.closes_at)}.",
        f"Nouvelle clôture : {dates.deadline(closes_at)}.",
        f"Concerné : {concerned_by(promotion, phase.kind).sentence}.",
        *moved_by(phase, closes_at=closes_at, now=moment(promotion)),
        f"Prévenus aussitôt : {', '.join(map(str, mailed)) or 'personne, la date s’affiche'}.",
    ]


REOPENING = OrderKind("reopen_phase", run=_reopen, refusals=(NotAnExtension,), words=_reopening_words)


def ask_reopening(phase: Phase, *, closes_at: datetime, reason: str, by: User, at: datetime) -> Order:
    """Ask for a later closing of a phase that is over: somebody else publishes it.

    Raises NotAnExtension, and what `ask_order` does.
    """
    _refuse(phase, closes_at=closes_at, now=at)
    return ask_order(
        phase.promotion,
        kind=REOPENING,
        title=f"Rouvrir « {phase.get_kind_display()} » jusqu’au {dates.deadline(closes_at)}",
        given={"kind": phase.kind, "closes_at": closes_at.isoformat()},
        reason=reason,
        by=by,
        at=at,
    )
