"""The hearing plan: proposed by a rule, changed by hand with live checks, told to everyone at once."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, staff_only
from eig.documents.choices import PrintStatus
from eig.documents.doors import serve
from eig.documents.printing import ask_print, latest_print, ready_document
from eig.documents.tasks import wake_workshop_after_commit
from eig.juries.actions import NotSeated
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from projects.actions.jury import HearingClash, NotOnPlan, clear_plan
from projects.actions.plan import announce_hearings, apply_plan, propose_plan
from projects.choices import HearingStatus
from projects.documents.hearing import PLAN
from projects.forms.hearing import PlanForm
from projects.models import HearingGroup
from projects.queries.hearing import hearing_plan, minutes_of, project_jurors, projects_to_hear, to_tell

UNDER_WAY = {PrintStatus.QUEUED, PrintStatus.RUNNING}
REFUSALS = (HearingClash, NotOnPlan, NotSeated)


@staff_only
def staff_hearing_plan(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Half-day by half-day: rooms, members, projects, what is wrong, what is not told yet."""
    row = get_object_or_404(Promotion, code=promotion)
    plan = hearing_plan(row)
    job = latest_print(PLAN, row.pk)
    lines = [line for day in plan for line in day.lines]
    context = {
        "promotion": row,
        "plan": plan,
        "waiting": projects_to_hear(row).count(),
        "members": project_jurors(row).count(),
        "juries": len(lines),
        "heard": sum(1 for line in lines for item in line.hearings if item.status == HearingStatus.HEARD),
        "placed": sum(len(line.hearings) for line in lines),
        "warned": sum(bool(line.warnings) for line in lines),
        "due": to_tell(row).count,
        "minutes": minutes_of(row),
        "has_loose": HearingGroup.objects.filter(promotion=row)
        .exclude(seats__told_at__isnull=False)
        .exists(),
        "is_under_way": job is not None and job.status in UNDER_WAY,
        "is_failed": job is not None and job.status == PrintStatus.FAILED,
        "document": ready_document(PLAN, row.pk),
    }
    return render(request, "projects/staff/staff_hearing_plan.html", context)


@staff_only
def staff_hearing_propose(request: SignedInRequest, promotion: str) -> HttpResponse:
    """First the preview, with its reasons; « retenir » writes it, if nothing changed meanwhile."""
    row = get_object_or_404(Promotion, code=promotion)
    form = PlanForm(request.POST if request.method == "POST" else None, promotion=row)
    context = {"promotion": row, "form": form, "members": project_jurors(row).count()}
    status = 200
    if form.is_valid():
        proposal = propose_plan(row, **form.values())
        if request.POST.get("then") == "apply":
            try:
                count = apply_plan(row, proposal=proposal, by=request.user, at=moment(row))
            except REFUSALS as reason:
                form.add_error(None, str(reason))
                status = 422
            else:
                messages.success(
                    request,
                    f"{count} jury{'s formés' if count > 1 else ' formé'}. Personne n’est encore prévenu.",
                )
                return redirect("projects:staff_hearing_plan", promotion)
        context["proposal"] = proposal
    elif form.is_bound:
        status = 422
    return render(request, "projects/staff/staff_hearing_propose.html", context, status=status)


@staff_only
def staff_hearing_announce(request: SignedInRequest, promotion: str) -> HttpResponse:
    """Who is written to, before anybody is."""
    row = get_object_or_404(Promotion, code=promotion)
    if request.method == "POST":
        hearings, seats = announce_hearings(row, by=request.user, at=moment(row))
        wake_after_commit()
        messages.success(
            request,
            f"{hearings} projet{'s' if hearings > 1 else ''} et {seats} membre{'s' if seats > 1 else ''} "
            "de jury sont prévenus, avec leur fichier d’agenda.",
        )
        return redirect("projects:staff_hearing_plan", promotion)
    context = {"promotion": row, "due": to_tell(row)}
    return render(request, "projects/staff/staff_hearing_announce.html", context)


@require_POST
@staff_only
def staff_hearing_clear(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    count = clear_plan(row, by=request.user, at=moment(row))
    messages.success(
        request, f"{count} jury{'s' if count > 1 else ''} effacé{'s' if count > 1 else ''} du plan."
    )
    return redirect("projects:staff_hearing_plan", promotion)


@require_POST
@staff_only
def staff_hearing_print(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    ask_print(PLAN, subject_id=row.pk, title="Jurys de projets", by=request.user, at=moment(row))
    wake_workshop_after_commit()
    messages.info(request, "Le document est en préparation. Il sera prêt dans quelques instants.")
    return redirect("projects:staff_hearing_plan", promotion)


@staff_only
def staff_hearing_download(request: SignedInRequest, promotion: str) -> FileResponse:
    return serve(ready_document(PLAN, get_object_or_404(Promotion, code=promotion).pk))


def group_in(promotion: str, code: UUID) -> HearingGroup:
    return get_object_or_404(
        HearingGroup.objects.select_related("promotion"), promotion__code=promotion, code=code
    )
