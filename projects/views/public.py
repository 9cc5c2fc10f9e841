"""What anybody may read: the call, the catalogue of the défis, their pages and prints."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from eig.accounts.models import User
from eig.documents.doors import serve
from eig.documents.printing import ready_document
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.meetings.choices import WebinarAudience
from eig.meetings.queries import advice_slots_free, webinars_coming
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Promotion
from eig.promotions.queries import moment, phase_of, promotions_listed
from projects.choices import Status
from projects.documents import parts_of
from projects.documents.call import call_brochure_of, call_phases, cofinancings, is_up_to_date
from projects.forms import CatalogueForm
from projects.queries import (
    brochure_of,
    brochures_offered,
    catalogue_choices,
    pages_filtered,
    positions_of,
    projects_led_by,
    public_pages_listed,
    public_pages_visible,
)
from projects.queries.page import SHEET

PER_PAGE = 12


@login_not_required
def project_call(request: HttpRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(promotions_listed(), code=promotion)
    if "projects_call" not in row.texts:
        raise Http404
    now = moment(row)
    phase = phase_of(row, PhaseKind.PROJECTS)
    drafts = (
        list(projects_led_by(request.user).filter(promotion=row, status=Status.DRAFT)[:5])
        if isinstance(request.user, User)
        else []
    )
    is_open = bool(phase and phase.is_open(now))
    brochure = call_brochure_of(row)
    context = {
        "promotion": row,
        "text": row.texts["projects_call"],
        "team_words": f"{row.team_min} ou {row.team_max}" if row.team_min < row.team_max else row.team_min,
        "months_words": f"{row.contract_months} mois",
        "employer_words": f"employeur : {row.get_employer_display()}",
        "visas_count": len(row.project_visas),
        "brochure": brochure,
        "brochure_is_current": is_up_to_date(brochure, row),
        "webinars": list(webinars_coming(row, at=now, audience=WebinarAudience.ADMINISTRATIONS)[:2]),
        "advice": advice_slots_free(row, at=now).first(),
        "example": public_pages_visible().exclude(promotion=row).order_by("-promotion__number", "pk").first(),
        "days_left": (phase.closes_at - now).days if phase and is_open else None,
        "support": row.texts.get("support"),
        "criteria": grid_of(row, Stage.PROJECT_READING).criteria,
        "phase": phase,
        "phases": [
            (item, "done" if item.is_over(now) else "current" if item.is_open(now) else "next")
            for item in call_phases(row)
        ],
        "is_open": is_open,
        "is_over": bool(phase and phase.is_over(now)),
        "drafts": drafts,
        "cofinancing": cofinancings(row),
    }
    return render(request, "projects/project_call.html", context)


@login_not_required
def page_list(request: HttpRequest) -> HttpResponse:
    form = CatalogueForm(request.GET, choices=catalogue_choices())
    criteria = form.criteria()
    page = Paginator(pages_filtered(public_pages_listed(), **criteria), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        # What to take away when nothing is found.
        "wider": [] if page.paginator.count else _wider(criteria),
    }
    if request.headers.get("HX-Request"):
        response = render(request, "projects/page_list.html#results", context)
        response["Vary"] = "HX-Request"
        return response
    context["brochures"] = brochures_offered()
    response = render(request, "projects/page_list.html", context)
    response["Vary"] = "HX-Request"
    return response


def _wider(criteria: dict[str, str]) -> list[tuple[str, str, int]]:
    """For each filter in use: how many défis there would be without it, and the address that says so."""
    names = {"text": "q", "trade": "metier", "town": "lieu"}
    labels = {
        "text": "les mots recherchés", "promotion": "la promotion", "theme": "le thème", "trade": "le métier",
        "administration": "le type d’administration", "town": "le lieu",
    }  # fmt: skip
    used = {name: value for name, value in criteria.items() if value}
    found = []
    for name in used:
        left = {key: value for key, value in used.items() if key != name}
        count = pages_filtered(public_pages_listed(), **left).count()
        if count:
            query = urlencode({names.get(key, key): value for key, value in left.items()})
            found.append((labels[name], query, count))
    return found


@login_not_required
def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(public_pages_visible().select_related("project"), slug=slug)
    context = {
        "page": page,
        "promotion": page.promotion,
        "parts": parts_of(page),
        "positions": list(positions_of(page.project)) if page.project and not page.withdrawn_at else [],
        "has_sheet": ready_document(SHEET, page.pk) is not None,
    }
    return render(request, "projects/page_detail.html", context)


@login_not_required
def sheet_download(request: HttpRequest, slug: str) -> FileResponse:
    page = get_object_or_404(public_pages_listed(), slug=slug)
    return serve(ready_document(SHEET, page.pk))


@login_not_required
def brochure_download(request: HttpRequest, promotion: str) -> FileResponse:
    return serve(brochure_of(get_object_or_404(Promotion, code=promotion)))


@login_not_required
def call_brochure_download(request: HttpRequest, promotion: str) -> FileResponse:
    """The last one made, under a name without its fingerprint."""
    row = get_object_or_404(Promotion, code=promotion, is_archived=False)
    return serve(call_brochure_of(row), filename=f"appel-a-projets-{row.code}.pdf")
