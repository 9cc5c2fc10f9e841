"""The call for applications, open to all."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from candidates.forms.simulation import PaySimulation
from candidates.queries import application_of
from candidates.views.calendar import phases_shown
from eig.accounts.doors import entrance
from eig.meetings.choices import WebinarAudience
from eig.meetings.queries import webinars_coming
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Promotion
from eig.promotions.queries import calendar, moment, opened_trades, pay_grid


@login_not_required
@entrance("Pour candidater, il faut un compte : votre dossier y est gardé d’une fois sur l’autre.")
def call(request: HttpRequest, promotion: str) -> HttpResponse:
    """Who may apply, for what, how, until when."""
    row = get_object_or_404(Promotion, code=promotion, is_archived=False)
    if "applications_call" not in row.texts:
        raise Http404
    now = moment(row)
    phases = calendar(row)
    applications = next((phase for phase in phases if phase.kind == PhaseKind.APPLICATIONS), None)
    # The last full year of the lower band, the first of the upper one.
    last = row.pay_threshold_years - (0 if row.pay_threshold_inclusive else 1)
    context = {
        "promotion": row,
        "call": row.texts["applications_call"],
        "conditions": row.texts.get("conditions"),
        "trades": opened_trades(row),
        "below_words": f"jusqu’à {last} ans d’expérience",
        "above_words": f"à partir de {last + 1} ans d’expérience",
        "employer_words": f"avec {row.get_employer_display()}",
        "years_after": last + 1,
        "simulation": PaySimulation(request.GET or None, grid=pay_grid(row)),
        "webinars": list(webinars_coming(row, at=now, audience=WebinarAudience.CANDIDATES)[:4]),
        "phases": phases_shown(phases, now=now),
        "phase": applications,
        "is_open": bool(applications and applications.is_open(now)),
        "is_over": bool(applications and applications.is_over(now)),
        "extensions": list(applications.extensions.all()) if applications else [],
        "application": application_of(request.user, row) if request.user.is_authenticated else None,
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
    return render(request, "candidates/call.html", context)
