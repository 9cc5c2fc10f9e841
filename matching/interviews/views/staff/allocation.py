"""Hand out auditions, round by round: what each adds, what it leaves each position, why for each person."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from candidates.models import Application
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.journal.doors import shows
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from matching.interviews.actions.allocation import TURNS, NotSafe, allocate, retain_round
from matching.interviews.choices import ProposalStatus
from matching.interviews.models import Audition
from matching.interviews.queries import people_without_audition
from matching.interviews.queries.allocation import allocations_of, hall_of, viability, wish_lines
from matching.interviews.queries.proposal import proposals_listed
from matching.interviews.queries.week import rules_of
from matching.ranking.queries import counts as ranking_counts
from matching.ranking.queries import shortlisted_applications

PER_PAGE = 40
SAID = {"first": "Auditions ajoutées", "fallback": "Propositions envoyées", "second": "Auditions ajoutées"}


@require_http_methods(["GET", "HEAD", "POST"])
@promotion_desk
def audition_plan(request: SignedInRequest, row: Promotion) -> HttpResponse:
    """Preview the three rounds; retain one of them."""
    if request.method == "POST":
        return _retained(request, row)
    found = allocate(row)
    waiting = proposals_listed(row, status=ProposalStatus.SENT)
    context = {
        "promotion": row,
        "rules": rules_of(row),
        "rankings": ranking_counts(row),
        "first": found.added["first"],
        "first_people": len({one for one, _ in found.added["first"]}),
        "fallback": found.added["fallback"],
        "second": found.added["second"],
        "waiting": waiting.count(),
        "is_safe": found.verdict == "ok",
        "positions": viability(row, found.hall),
        "allocations": allocations_of(row),
        "page": Paginator(people_without_audition(row), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "interviews/staff/audition_plan.html", context)


def _retained(request: SignedInRequest, promotion: Promotion) -> HttpResponse:
    turn = request.POST.get("turn", "")
    if turn not in TURNS:
        messages.error(request, "Choisissez un tour.")
        return redirect("interviews:audition_plan", promotion.code)
    with Doing(request, NotSafe) as done:
        added = retain_round(promotion, turn=turn, by=request.user, at=moment(promotion))
        done.said = f"{SAID[turn]} : {added}."
    return redirect("interviews:audition_plan", promotion.code)


@require_safe
@promotion_desk
def allocation_explain(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    """One person: each wish, and why it gave an audition or not."""
    application = get_object_or_404(
        shortlisted_applications(row).select_related("candidate", "promotion"), code=code
    )
    shows(request, application)
    context = {
        "promotion": row,
        "application": application,
        "wishes": wish_lines(application, hall_of(row)),
        "auditions": _auditions(application),
        "proposals": proposals_listed(row).filter(application=application),
    }
    return render(request, "interviews/staff/allocation_explain.html", context)


def _auditions(application: Application) -> list[Audition]:
    auditions = Audition.objects.filter(application=application).select_related("project")
    return list(auditions.order_by("created_at", "pk"))
