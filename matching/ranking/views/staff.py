"""The programme team's doors: who certified, what is asked for, open and close. Jurors have none."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eig.accounts.doors import SignedInRequest, grave, staff_only
from eig.deeds import Doing
from eig.design.answers import posted
from eig.french import dates
from eig.journal.doors import shows
from eig.journal.queries import history_of
from eig.listing.views import list_page
from eig.orders.views import order_page
from eig.promotions.choices import PhaseKind
from eig.promotions.gate import PhaseNotOpen
from eig.promotions.models import Promotion
from eig.promotions.queries import moment, phase_of
from matching.ranking import actions
from matching.ranking.forms import ChangeForm
from matching.ranking.queries import (
    adjustments_listed,
    counts,
    demand_by_position,
    demand_by_project,
    demand_by_trade,
    latest_snapshot,
    ranking_of,
    shortlisted_applications,
    wishes_of,
)
from matching.ranking.queries.listing import RANKINGS


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def ranking_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    phase = phase_of(row, PhaseKind.RANKING)
    is_over = phase is not None and phase.is_over(moment(row))
    return list_page(
        request,
        row,
        RANKINGS,
        template="ranking/staff/ranking_list.html",
        counts=counts(row),
        phase=phase,
        is_open=phase is not None and phase.is_open(moment(row)),
        has_opened=phase is not None and phase.opens_at <= moment(row),
        uncertified_label="listes non certifiées" if is_over else "listes à certifier",
        snapshot=latest_snapshot(row),
        adjustments=adjustments_listed(row),
    )


@require_safe
@staff_only
def ranking_demand(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    context = {
        "promotion": row,
        "projects": demand_by_project(row),
        "positions": demand_by_position(row),
        "trades": demand_by_trade(row),
        "ranks": range(1, row.wishes_max + 1),
        "counts": counts(row),
    }
    return render(request, "ranking/staff/ranking_demand.html", context)


@require_safe
@staff_only
def ranking_detail(request: SignedInRequest, promotion: str, code: UUID) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    application = get_object_or_404(shortlisted_applications(row), code=code)
    shows(request, application)
    ranking = ranking_of(application)
    context = {
        "promotion": row,
        "application": application,
        "ranking": ranking,
        "wishes": wishes_of(ranking) if ranking else [],
        "is_over": (phase := phase_of(row, PhaseKind.RANKING)) is not None and phase.is_over(moment(row)),
        "history": history_of(ranking)[:20] if ranking else [],
    }
    return render(request, "ranking/staff/ranking_detail.html", context)


@require_POST
@staff_only
def ranking_invite(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    with Doing(request, PhaseNotOpen) as done:
        told = actions.invite_to_rank(row, by=request.user, at=moment(row))
        done.said = f"Invitations écrites à {told} personnes présélectionnées, une seule fois chacune."
    return redirect("ranking:ranking_list", row.code)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@grave
def ranking_close(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Before the announced hour somebody else confirms it; after it, the lists are only frozen."""
    row = get_object_or_404(Promotion, code=promotion)
    phase, now = phase_of(row, PhaseKind.RANKING), moment(row)
    if phase is not None and not phase.is_over(now):
        return order_page(
            request,
            row,
            actions.CLOSING,
            "ranking/staff/ranking_close.html",
            {"counts": counts(row), "phase": phase},
            title=f"Clore les vœux avant le {dates.deadline(phase.closes_at)}",
            given={},
        )
    if request.method != "POST":
        context = {"promotion": row, "counts": counts(row), "phase": phase}
        return render(request, "ranking/staff/ranking_close.html", context)
    with Doing(request, PhaseNotOpen) as done:
        snapshot = actions.close_rankings(row, by=request.user)
        done.said = f"L’expression des vœux est close ; {len(snapshot.lists)} listes certifiées sont figées."
    return redirect("ranking:ranking_list", row.code)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def change_announce(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Say what changed in a published project: those who ranked it are told, with a delay once it is over."""
    row = get_object_or_404(Promotion, code=promotion)
    projects = {str(item.project.code): item for item in demand_by_project(row)}
    form = ChangeForm(
        posted(request),
        projects=[(code, f"{item.project.title} ({item.total} listes)") for code, item in projects.items()],
    )
    if request.method == "POST" and form.is_valid():
        project = projects[form.cleaned_data["project"]].project
        words = form.cleaned_data["words"]
        with Doing(request, (PhaseNotOpen, actions.NothingToTell), form=form) as done:
            told = actions.announce_change(project, words=words, by=request.user, at=moment(row))
            done.said = f"{told} personnes prévenues du changement : {project.title}."
        if done:
            return redirect("ranking:ranking_list", row.code)
    phase = phase_of(row, PhaseKind.RANKING)
    context = {"promotion": row, "form": form, "is_over": phase is not None and phase.is_over(moment(row))}
    return render(request, "ranking/staff/change_announce.html", context)
