"""Step aside, or have it recorded by the team: the same page for who reads, who sits, whatever they judge."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from eig.accounts.doors import SignedInRequest
from eig.design.answers import form_page, posted
from eig.dossiers.desks import Crumb
from eig.evaluation.forms import RecusalForm
from eig.promotions.models import Promotion
from eig.promotions.queries import moment


def recusal_page(
    request: SignedInRequest,
    promotion: Promotion,
    recuse: Callable[..., object],
    *,
    subject: str,
    words: str,
    crumbs: Sequence[Crumb],
    said: str,
    person: str = "",
    readers: str = "",
) -> HttpResponse:
    """Says from what, and what follows. `recuse` takes the reason, who records it, when; then `said` is said.

    `crumbs` go from the list where it leads to the page where one was; the team, which records it for a
    `person`, goes back there. `readers` says who reads the reason, unless it is the team alone.
    """
    form = RecusalForm(posted(request), readers=readers)
    if form.is_valid():
        recuse(reason=form.cleaned_data["reason"], by=request.user, at=moment(promotion))
        messages.success(request, said)
        return redirect(crumbs[-1 if person else 0].href)
    context = {
        "promotion": promotion,
        "form": form,
        "base": "base_staff.html" if person else "base.html",
        "title": "Inscrire un déport" if person else "Me déporter",
        "who": f"{person}, {subject}" if person else subject,
        "subject": subject,
        "words": words,
        "crumbs": crumbs,
        "back": crumbs[-1].href,
    }
    return form_page(request, "evaluation/recusal.html", context)
