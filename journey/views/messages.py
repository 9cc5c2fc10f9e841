"""A person's own letters: what the programme wrote to them, when, and whether it arrived."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from eig.accounts.doors import SignedInRequest
from eig.mail.choices import Status
from eig.mail.queries import messages_to

PAGE = 20
# In the person's words; a letter that is held is not theirs yet, and never listed.
STATES = {
    Status.SENT: ("Envoyé", "success"),
    Status.FAILED: ("Non remis", "error"),
    Status.NEW: ("En cours d’envoi", "info"),
    Status.SENDING: ("En cours d’envoi", "info"),
}


def message_list(request: SignedInRequest) -> HttpResponse:
    page = Paginator(messages_to(request.user).exclude(kind="account"), PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "rows": [(row, *STATES[Status(row.status)]) for row in page]}
    return render(request, "journey/message_list.html", context)


def message_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """One letter, as it was written."""
    message = get_object_or_404(messages_to(request.user).exclude(kind="account"), code=code)
    label, kind = STATES[Status(message.status)]
    context = {"message": message, "label": label, "kind": kind}
    return render(request, "journey/message_detail.html", context)
