"""Deeds that several rooms see: extend a call, publish what is due."""

from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.journal.actions import record as journal
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import closing_gate
from eig.promotions.models import Extension, Phase
from projects.actions import prolong_visas
from projects.emails import call_extended


class NotAnExtension(Exception):
    """The new date is not after the present one, or the phase was closed by the team."""


@transaction.atomic
def extend_phase(phase: Phase, *, closes_at: datetime, reason: str, by: User, at: datetime) -> Extension:
    """Publish a later closing; the original date stays on record. Waits for the deeds under way."""
    gate = closing_gate(phase.promotion_id, phase.kind)
    locked = gate.phase
    if locked.closed_at is not None:
        raise NotAnExtension("Cette étape a été close par l’équipe : elle ne peut plus être prolongée.")
    if closes_at <= locked.closes_at:
        raise NotAnExtension("La nouvelle clôture doit être postérieure à la clôture actuelle.")
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
