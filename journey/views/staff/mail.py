"""The outbox as staff read it."""

from uuid import UUID

from django.contrib import messages as flash
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.journal.doors import shows
from eig.listing.views import list_page
from eig.mail.actions import retry_message
from eig.mail.choices import Status
from eig.mail.models import Message
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from journey.actions.mail import refusal_to_send_again
from journey.queries.listing import MAILS
from matching.interviews.queries.secrecy import may_change_scores


@staff_only
def staff_mail_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    return list_page(request, row, MAILS, template="journey/staff/staff_mail_list.html")


def _message(promotion: Promotion, code: UUID) -> Message:
    """Of this promotion, or of none: codes, invitations, personal data."""
    return get_object_or_404(Message, Q(promotion_id=promotion.pk) | Q(promotion_id=None), code=code)


@staff_only
def staff_mail_detail(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    message = _message(row, code)
    shows(request, message)
    context = {
        "promotion": row,
        "message": message,
        "next_try": message.not_before if message.status == Status.NEW and message.attempts else None,
        "may_retry": not refusal_to_send_again(message, at=moment(row)),
        # A code, an invitation, a link to one's data: whoever reads it could use it.
        "is_personal": message.promotion_id is None,
        # Mails on wishes say their order.
        "is_hidden": message.kind.startswith("ranking/") and may_change_scores(request.user, row.code),
    }
    return render(request, "journey/staff/staff_mail_detail.html", context)


@require_POST
@staff_only
def staff_mail_retry(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    message, now = _message(row, code), moment(row)
    if not refusal_to_send_again(message, at=now) and retry_message(message, by=request.user, at=now):
        wake_after_commit()
        flash.success(request, "Le courriel repart.")
    else:
        flash.info(request, "Ce courriel n’est plus à renvoyer.")
    return redirect("journey:staff_mail_detail", row.code, code)
