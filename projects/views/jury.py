"""A juror's day: where and when, a word on conflicts, the dossier, one grid for the group."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.saving import saves_itself
from eig.dossiers.choices import FormKind
from eig.dossiers.desks import Crumb
from eig.dossiers.queries import form_of
from eig.dossiers.rules import answers_shown
from eig.evaluation.actions import MarksMissing, SheetChanged, SheetClosed
from eig.evaluation.choices import Stage
from eig.evaluation.forms import CONFLICT, ConflictForm
from eig.evaluation.models import Sheet
from eig.evaluation.queries import grid_of
from eig.evaluation.views.recusal import recusal_page
from eig.evaluation.views.sheet import autosaved, sheet_shown, sign_page
from eig.journal.choices import Reader
from eig.journal.doors import shows
from eig.juries.actions import TooEarly
from eig.juries.views.paper import seats_calendar
from eig.lifecycle import IllegalMove
from eig.meetings.views.calendar import ics
from eig.promotions.queries import moment
from projects.actions.hearing import (
    HearingOver,
    NotInJury,
    NotPenholder,
    RankGiven,
    VerdictMissing,
    clear_hearing,
    mark_hearing_missed,
    penholder_of,
    save_hearing,
    sign_hearing,
    step_aside,
)
from projects.actions.jury import TABLE
from projects.choices import HearingStatus
from projects.emails.hearing import hearing_event
from projects.forms.hearing import HearingForm
from projects.models import Hearing, HearingClearance, HearingSeat
from projects.queries import projects_visible_to
from projects.queries.hearing import (
    groups_of_juror,
    hearing_moments,
    hearings_of_juror,
    hearings_of_lead,
    juror_ties,
    minutes_of,
    recused_projects,
)
from projects.rules.hearing import WITH_PROJECT, called_at
from projects.views.reader import conflict_page

REFUSALS = (
    HearingOver, IllegalMove, MarksMissing, NotInJury, NotPenholder, RankGiven, SheetChanged, SheetClosed,
    TooEarly, VerdictMissing,
)  # fmt: skip


ASIDE = "Votre déport est enregistré : vous sortez pendant ce projet."


@require_safe
def jury_list(request: SignedInRequest) -> HttpResponse:
    """My juries: the room, the others, the order of the projects."""
    recused = recused_projects(request.user)
    cleared = set(
        HearingClearance.objects.filter(juror__person=request.user).values_list("hearing_id", flat=True)
    )
    groups = [
        {
            "group": group,
            "seats": group.seats.all(),
            "is_referent": any(
                seat.is_referent and seat.juror.person_id == request.user.pk for seat in group.seats.all()
            ),
            "passes": [
                (hearing, hearing.project_id in recused, hearing.pk in cleared)
                for hearing in group.hearings.all()
            ],
        }
        for group in groups_of_juror(request.user)
    ]
    return render(request, "projects/jury_list.html", {"groups": groups})


@require_safe
def jury_calendar(request: SignedInRequest) -> HttpResponse:
    return seats_calendar(request, TABLE, name="jurys-de-projets")


def _own_hearing(request: SignedInRequest, code: UUID) -> Hearing:
    return get_object_or_404(hearings_of_juror(request.user), code=code)


def _is_cleared(hearing: Hearing, request: SignedInRequest) -> bool:
    return hearing.project_id not in recused_projects(request.user) and (
        HearingClearance.objects.filter(hearing=hearing, juror__person=request.user).exists()
    )


def hearing_clear(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Name the project and its people; open the dossier, or step aside from it."""
    hearing = _own_hearing(request, code)
    if hearing.project_id in recused_projects(request.user):
        return redirect("projects:jury_list")
    if _is_cleared(hearing, request):
        return redirect("projects:hearing_edit", code)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    now = moment(hearing.project.promotion)
    if form.is_valid():
        if form.cleaned_data["answer"] == CONFLICT:
            reason = form.cleaned_data["reason"]
            step_aside(hearing, person=request.user, reason=reason, by=request.user, at=now)
            messages.success(request, ASIDE)
            return redirect("projects:jury_list")
        clear_hearing(hearing, by=request.user, at=now)
        return redirect("projects:hearing_edit", code)
    project = hearing.project
    seat = get_object_or_404(
        HearingSeat.objects.select_related("juror__person"),
        group=hearing.group_id,
        juror__person=request.user,
    )
    hint = juror_ties([seat.juror], [project]).get((seat.juror_id, project.pk), "")
    crumbs = _crumbs(hearing)
    title = "Avant d’entendre"
    return conflict_page(request, form, project, title=title, crumbs=crumbs, hint=hint, reader=Reader.JUROR)


def hearing_edit(request: SignedInRequest, code: UUID) -> HttpResponse:
    """The dossier, and the group's grid: the référent writes, the others read once it is signed."""
    hearing = _own_hearing(request, code)
    if not _is_cleared(hearing, request):
        return redirect("projects:hearing_clear", code)
    promotion = hearing.project.promotion
    grid = grid_of(promotion, Stage.PROJECT_READING)
    holder = penholder_of(hearing)
    holds_pen = holder is not None and holder.juror.person_id == request.user.pk
    is_open = hearing.status == HearingStatus.PLANNED
    posted = request.POST if request.method == "POST" else None
    count = Hearing.objects.filter(group=hearing.group_id).exclude(status=HearingStatus.CANCELLED).count()
    form = HearingForm(posted, grid=grid, hearing=hearing, count=count)
    if posted is not None and form.is_valid():
        try:
            save_hearing(hearing, by=request.user, at=moment(promotion), **form.values())
        except RankGiven as reason:
            form.add_error("rank", str(reason))
        except REFUSALS as reason:
            form.refusal = reason
            form.add_error(None, str(reason))
        else:
            if saves_itself(request):
                return _autosaved(request, code, form, kept=True)
            if request.POST.get("then") == "sign":
                return redirect("projects:hearing_sign", code)
            messages.success(request, "La grille du jury est enregistrée.")
            return redirect("projects:hearing_edit", code)
    context = {
        "hearing": hearing,
        "group": hearing.group,
        "project": hearing.project,
        "promotion": promotion,
        "form": form,
        "moments": hearing_moments(hearing),
        **sheet_shown(hearing.sheet or Sheet(), grid),
        "sections": answers_shown(
            form_of(promotion, FormKind.PROJECT), hearing.project.answers, readers_only=True
        ),
        "holder": holder,
        "holds_pen": holds_pen and is_open,
        "is_signed": hearing.status == HearingStatus.HEARD,
        "is_missed": hearing.status == HearingStatus.ABSENT,
    }
    if posted is not None and saves_itself(request):
        return _autosaved(request, code, form, kept=False)
    shows(request, hearing.project, reader=Reader.JUROR)
    return render(request, "projects/hearing_edit.html", context, status=422 if form.is_bound else 200)


def _autosaved(request: SignedInRequest, code: UUID, form: HearingForm, *, kept: bool) -> HttpResponse:
    """The first save opens the sheet: it is read again."""
    sheet = _own_hearing(request, code).sheet or Sheet()
    return autosaved(
        request, form, sheet=sheet, kept=kept, over=(HearingOver, NotInJury, NotPenholder, SheetClosed)
    )


def hearing_sign(request: SignedInRequest, code: UUID) -> HttpResponse:
    """Two steps: read the marks again to the group, then sign for all."""
    hearing = _own_hearing(request, code)
    if not _is_cleared(hearing, request):
        return redirect("projects:hearing_clear", code)
    if request.method == "POST":
        with Doing(request, REFUSALS, said="La grille du jury est signée.") as done:
            sign_hearing(hearing, by=request.user, at=moment(hearing.project.promotion))
        if done:
            return redirect("projects:jury_list")
        return redirect("projects:hearing_edit", code)
    if hearing.sheet is None or hearing.status != HearingStatus.PLANNED:
        return redirect("projects:hearing_edit", code)
    grid = grid_of(hearing.project.promotion_id, Stage.PROJECT_READING)
    shows(request, hearing.project, reader=Reader.JUROR)
    return sign_page(
        request,
        hearing.sheet,
        grid,
        crumbs=_crumbs(hearing),
        title="Signer la grille du jury",
        subject=hearing.project.title,
        rank=hearing.rank,
        label="Signer au nom du jury",
        words="Relisez-la à voix haute au jury. "
        "Signée, la grille ne change plus, et tous les membres la lisent.",
    )


def _crumbs(hearing: Hearing) -> list[Crumb]:
    here = reverse("projects:hearing_edit", args=[hearing.code])
    return [Crumb("Mes jurys de projets", reverse("projects:jury_list")), Crumb(hearing.project.title, here)]


def hearing_recuse(request: SignedInRequest, code: UUID) -> HttpResponse:
    """A tie seen late: step aside from this project, keep the others."""
    hearing = _own_hearing(request, code)
    if hearing.project_id in recused_projects(request.user):
        return redirect("projects:jury_list")
    return recusal_page(
        request,
        hearing.project.promotion,
        partial(step_aside, hearing, person=request.user),
        subject=hearing.project.title,
        words="Vous sortez de la salle pendant ce projet et gardez les autres. "
        "Si vous en aviez noté le dossier, votre note ne compte plus.",
        crumbs=_crumbs(hearing),
        said=ASIDE,
    )


@require_POST
def hearing_miss(request: SignedInRequest, code: UUID) -> HttpResponse:
    hearing = _own_hearing(request, code)
    said = "L’absence est notée. L’équipe programme prendra contact avec le projet."
    with Doing(request, REFUSALS, said=said):
        mark_hearing_missed(hearing, by=request.user, at=moment(hearing.project.promotion))
    return redirect("projects:jury_list")


@require_safe
def hearing_detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    """For those who write the project: when, where, how it goes; never who thinks what."""
    project = get_object_or_404(projects_visible_to(request.user), code=code)
    hearing = get_object_or_404(hearings_of_lead(request.user), project=project)
    minutes = minutes_of(project.promotion)
    context = {
        "project": project,
        "promotion": project.promotion,
        "hearing": hearing,
        "group": hearing.group,
        "starts": called_at(hearing.during.lower, minutes),
        "minutes": minutes,
        "moments": hearing_moments(hearing)[WITH_PROJECT],
        "is_planned": hearing.status == HearingStatus.PLANNED,
    }
    return render(request, "projects/hearing_detail.html", context)


@require_safe
def hearing_calendar(request: SignedInRequest, code: UUID) -> HttpResponse:
    hearing = get_object_or_404(hearings_of_lead(request.user), project__code=code)
    return ics([hearing_event(hearing)], name="audition-du-projet")
