"""The outside juror's door: a link, a code, and the jury day for one day."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from eig.accounts.doors import TOO_MANY_LETTERS, may_write_to, personal_link
from eig.deeds import Doing
from eig.promotions.queries import moment
from matching.interviews.actions.day_pass import (
    PassClosed,
    TooManyCodes,
    WrongCode,
    enter_by_code,
    send_day_code,
)
from matching.interviews.forms.day_pass import CodeForm
from matching.interviews.models import DayPass
from matching.interviews.queries.day_pass import SESSION_KEY, pass_behind


@personal_link
@require_http_methods(["GET", "HEAD", "POST"])
def day_pass(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a code, then give it. A link that is not open says the same whoever asks."""
    found = pass_behind(token)
    if found is None:
        raise Http404
    at = moment(found.juror.promotion)
    form = CodeForm(request.POST if "code" in request.POST else None)
    is_open = found.opens_at <= at < found.expires_at
    if request.method == "POST" and is_open:
        if "code" not in request.POST:
            return _send_code(request, found, token)
        if form.is_valid():
            try:
                person = enter_by_code(found, code=form.cleaned_data["code"], at=at)
            except (PassClosed, WrongCode) as reason:
                form.add_error("code", str(reason))
            else:
                login(request, person, backend=settings.AUTHENTICATION_BACKENDS[-1])
                request.session[SESSION_KEY] = found.pk
                request.session.set_expiry(found.expires_at)
                return redirect("interviews:jury_day")
    context = {
        "form": form,
        "day_pass": found,
        "is_open": is_open,
        "is_over": at >= found.expires_at,
        "waits": found.code_sent_at is not None and bool(found.code_hash),
    }
    return render(request, "interviews/day_pass.html", context)


def _send_code(request: HttpRequest, found: DayPass, token: str) -> HttpResponse:
    if not may_write_to(found.juror.person.email, request):
        messages.error(request, TOO_MANY_LETTERS)
        return redirect("interviews:day_pass", token)
    with Doing(request, (PassClosed, TooManyCodes)) as done:
        send_day_code(found, at=moment(found.juror.promotion))
        done.said = "Un code vient de partir à votre adresse électronique."
    return redirect("interviews:day_pass", token)
