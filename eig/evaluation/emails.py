"""Tell the team that somebody steps aside from what is already decided."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from eig.accounts.models import User
from eig.dossiers.models import Dossier
from eig.evaluation.models import ReadingKind
from eig.mail.outbox import post


def recused_after(kind: ReadingKind, dossier: Dossier, person: User, *, reason: str, at: datetime) -> None:
    """To the programme team: the mark that was decided on is kept, somebody must look at it."""
    post(
        "evaluation/recused_after_decision",
        to=settings.CONTACT_EMAIL,
        key=f"recused-after:{dossier._meta.label_lower}:{dossier.pk}:{person.pk}",
        at=at,
        promotion_id=dossier.promotion_id,
        dossier=dossier,
        promotion=dossier.promotion,
        who=person,
        reason=reason,
        path=reverse(kind.staff_page, args=[dossier.promotion.code, dossier.code]),
    )
