"""The outbox as staff read it."""

from uuid import UUID

from django.contrib import messages as flash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.listing.views import list_page
from eig.mail.actions import retry_message
from eig.mail.models import Message
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from journey.queries.listing import MAILS
from matching.interviews.queries.secrecy import may_change_scores


@staff_only
def staff_mail_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    return list_page(request, row, MAILS, template="journey/staff/staff_mail_list.html")


@staff_only
def staff_mail_detail(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    message = get_object_or_404(Message, code=code, promotion_id=row.pk)
    context = {
        "promotion": row,
        "message": message,
        # Mails on wishes say their order.
        "is_hidden": message.kind.startswith("ranking/") and may_change_scores(request.user, row.code),
    }
    return render(request, "journey/staff/staff_mail_detail.html", context)


@require_POST
@staff_only
def staff_mail_retry(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    message = get_object_or_404(Message, code=code, promotion_id=row.pk)
    if retry_message(message, by=request.user, at=moment(row)):
        wake_after_commit()
        flash.success(request, "Le courriel repart.")
    else:
        flash.info(request, "Ce courriel n’est plus en échec.")
    return redirect("journey:staff_mail_detail", row.code, code)
