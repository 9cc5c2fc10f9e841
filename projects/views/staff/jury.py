"""One project jury: its members, its hours, its projects, each moved by hand with live checks."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.actions import person_behind
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.juries.actions import BadHours, Clash, IsCandidate, NotSeated
from eig.juries.forms import PanelForm, SeatForm
from eig.lifecycle import IllegalMove
from eig.listing.views import list_page
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from projects.actions.hearing import HearingOver, mark_hearing_missed
from projects.actions.jury import (
    NotOnPlan,
    appoint_project_juror,
    cancel_hearing,
    change_group,
    create_group,
    dismiss_project_juror,
    move_hearing,
    move_juror,
    name_referent,
    place_hearing,
    remove_group,
    seat_juror,
    unseat_juror,
)
from projects.forms.hearing import (
    ProjectJurorForm,
    ProjectPlaceForm,
    TimeForm,
    times_offered,
)
from projects.models import Hearing, HearingGroup, HearingJuror, HearingSeat
from projects.queries.hearing import (
    hearing_groups,
    is_away,
    juror_ties,
    jury_lines,
    open_times,
    project_jurors,
    projects_to_hear,
)
from projects.queries.listing import PROJECT_JURORS

REFUSALS = (BadHours, Clash, HearingOver, IllegalMove, NotOnPlan, NotSeated)


@promotion_desk
def staff_project_juror_list(request: SignedInRequest, row: Promotion) -> HttpResponse:
    appoints = request.method == "POST" and "act" not in request.POST
    form = ProjectJurorForm(request.POST if appoints else None, promotion=row)
    if form.is_valid():
        who = {name: form.cleaned_data[name] for name in ("email", "first_name", "last_name")}
        with Doing(request, IsCandidate, form=form, field="email") as done:
            person = person_behind(**who)
            appoint_project_juror(row, person=person, by=request.user, at=moment(row), **form.values())
            done.said = f"{person} peut siéger dans les jurys de projets."
        if done:
            return redirect("projects:staff_project_juror_list", row.code)
    return list_page(
        request, row, PROJECT_JURORS, template="projects/staff/staff_project_juror_list.html", form=form
    )


def _juror(row: Promotion, code: UUID) -> HearingJuror:
    jurors = HearingJuror.objects.select_related("promotion", "person")
    return get_object_or_404(jurors, promotion=row, code=code)


@promotion_desk
def staff_project_juror_edit(request: SignedInRequest, row: Promotion, juror: UUID) -> HttpResponse:
    member = _juror(row, juror)
    posted = request.POST if request.method == "POST" else None
    form = ProjectJurorForm(posted, promotion=row, juror=member)
    if form.is_valid():
        appoint_project_juror(row, person=member.person, by=request.user, at=moment(row), **form.values())
        messages.success(request, f"La fiche de {member} est enregistrée.")
        return redirect("projects:staff_project_juror_list", row.code)
    context = {"promotion": row, "juror": member, "form": form}
    return render(
        request, "projects/staff/staff_project_juror_edit.html", context, status=422 if form.is_bound else 200
    )


@require_POST
@promotion_desk
def staff_project_juror_dismiss(request: SignedInRequest, row: Promotion, juror: UUID) -> HttpResponse:
    member = _juror(row, juror)
    said = f"{member.person} ne fait plus partie des jurys de projets."
    with Doing(request, NotOnPlan, said=said) as done:
        dismiss_project_juror(member, by=request.user, at=moment(row))
    if done:
        return redirect("projects:staff_project_juror_list", row.code)
    return redirect("projects:staff_project_juror_edit", row.code, juror)


@promotion_desk
def staff_group_create(request: SignedInRequest, row: Promotion) -> HttpResponse:
    form = PanelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with Doing(request, REFUSALS, form=form) as done:
            group = create_group(row, by=request.user, at=moment(row), **form.values())
        if done:
            return redirect("projects:staff_group_detail", row.code, group.code)
    context = {"promotion": row, "form": form}
    return render(
        request, "projects/staff/staff_group_create.html", context, status=422 if form.is_bound else 200
    )


@promotion_desk
def staff_group_detail(request: SignedInRequest, row: Promotion, group: UUID) -> HttpResponse:
    """Everything of one jury on a page; the first form changes its name, room and hours."""
    groups = list(hearing_groups(row))
    jury = next((one for one in groups if one.code == group), None)
    if jury is None:
        raise Http404
    form = PanelForm(request.POST if request.method == "POST" else None, panel=jury)
    if form.is_valid():
        said = "Le jury est modifié. Les personnes déjà prévenues ne le savent pas encore."
        with Doing(request, REFUSALS, said=said, form=form) as done:
            change_group(jury, by=request.user, at=moment(row), **form.values())
        if done:
            return redirect("projects:staff_group_detail", row.code, group)
    context = {"form": form, **_jury_context(jury, groups)}
    return render(
        request, "projects/staff/staff_group_detail.html", context, status=422 if form.is_bound else 200
    )


def _jury_context(row: HearingGroup, groups: list[HearingGroup]) -> dict[str, object]:
    [line] = jury_lines([row])
    offered = times_offered(groups, near=row)
    heard = {item.during.lower for item in line.hearings}
    return {
        "promotion": row.promotion,
        "line": line,
        "group": row,
        "seat_form": SeatForm(people=_seatable(row)),
        "others": [other for other in groups if other.pk != row.pk],
        "passes": [
            (
                item,
                TimeForm(offered=[one for one in offered if not _is_at(item, one[0])], prefix=item.code.hex),
            )
            for item in line.hearings
        ],
        "place_form": ProjectPlaceForm(
            offered=[one for one in offered if one[0].startswith(str(row.code)) and "échanger" not in one[1]],
            projects=projects_to_hear(row.promotion),
        ),
        "free": len(open_times(row)) - len(heard),
    }


def _is_at(hearing: Hearing, value: str) -> bool:
    return value == f"{hearing.group.code}|{hearing.during.lower.isoformat()}"


def _seatable(group: HearingGroup) -> list[tuple[HearingJuror, str]]:
    """Who may join, those without a tie first; the others say why not."""
    here = {seat.juror_id for seat in group.seats.all()}
    jurors = [juror for juror in project_jurors(group.promotion) if juror.pk not in here]
    projects = [item.project for item in group.hearings.all()]
    ties = juror_ties(jurors, projects)
    found = []
    for juror in jurors:
        why = next((ties[juror.pk, item.pk] for item in projects if (juror.pk, item.pk) in ties), "")
        if is_away(juror, group.during):
            why = "pas disponible"
        found.append((juror, why))
    return sorted(found, key=lambda item: bool(item[1]))


def _group(row: Promotion, code: UUID) -> HearingGroup:
    return get_object_or_404(HearingGroup.objects.select_related("promotion"), promotion=row, code=code)


def _do(
    request: SignedInRequest, group: HearingGroup, change: Callable[..., object], said: str
) -> HttpResponse:
    """Back to the jury, with what was done or why it was not."""
    with Doing(request, REFUSALS, said=said):
        change(by=request.user, at=moment(group.promotion))
    return _to(group)


def _to(group: HearingGroup) -> HttpResponse:
    return redirect("projects:staff_group_detail", group.promotion.code, group.code)


def _not_chosen(request: SignedInRequest, group: HearingGroup, what: str) -> HttpResponse:
    messages.error(request, f"Choisissez {what}.")
    return _to(group)


@require_POST
@promotion_desk
def staff_group_remove(request: SignedInRequest, row: Promotion, group: UUID) -> HttpResponse:
    jury = _group(row, group)
    with Doing(request, REFUSALS, said="Le jury est supprimé.") as done:
        remove_group(jury, by=request.user, at=moment(row))
    return redirect("projects:staff_hearing_plan", row.code) if done else _to(jury)


@require_POST
@promotion_desk
def staff_seat_add(request: SignedInRequest, row: Promotion, group: UUID) -> HttpResponse:
    jury = get_object_or_404(hearing_groups(row), code=group)
    form = SeatForm(request.POST, people=_seatable(jury))
    if not form.is_valid():
        return _not_chosen(request, jury, "une personne de la liste")
    juror = form.chosen()
    return _do(request, jury, partial(seat_juror, jury, juror=juror), f"{juror} siège dans ce jury.")


@require_POST
@promotion_desk
def staff_seat_change(request: SignedInRequest, row: Promotion, group: UUID, juror: UUID) -> HttpResponse:
    """Name référent, take out, or move to another jury: `deed` says which."""
    jury, asked = _group(row, group), request.POST.get("deed", "")
    seats = HearingSeat.objects.select_related("group", "juror__person")
    seat = get_object_or_404(seats, group=jury, juror__code=juror)
    if asked == "referent":
        return _do(request, jury, partial(name_referent, seat), f"{seat.juror} est référent·e de ce jury.")
    if asked == "remove":
        return _do(request, jury, partial(unseat_juror, seat), f"{seat.juror} ne siège plus dans ce jury.")
    other = _group_asked(row, request.POST.get("group", ""))
    if other is None:
        return _not_chosen(request, jury, "un jury")
    said = f"{seat.juror} siège désormais dans « {other.name} »."
    return _do(request, jury, partial(move_juror, seat, group=other), said)


def _group_asked(row: Promotion, code: str) -> HearingGroup | None:
    try:
        asked = UUID(code)
    except ValueError:
        return None
    return HearingGroup.objects.filter(promotion=row, code=asked).first()


@require_POST
@promotion_desk
def staff_hearing_place(request: SignedInRequest, row: Promotion, group: UUID) -> HttpResponse:
    jury, groups = _group(row, group), list(hearing_groups(row))
    offered = times_offered(groups, near=jury)
    form = ProjectPlaceForm(request.POST, offered=offered, projects=projects_to_hear(row))
    if not form.is_valid():
        return _not_chosen(request, jury, "un projet et une heure")
    project, (home, starts) = form.chosen(), _home(groups, form)
    place = partial(place_hearing, project, group=home, starts=starts)
    return _do(request, jury, place, f"« {project.title} » est inscrit au plan.")


def _home(groups: list[HearingGroup], form: TimeForm) -> tuple[HearingGroup, datetime]:
    code, starts = form.where()
    return next(item for item in groups if str(item.code) == code), starts


@require_POST
@promotion_desk
def staff_hearing_move(request: SignedInRequest, row: Promotion, group: UUID, hearing: UUID) -> HttpResponse:
    """Move, take out, or note that nobody came: `deed` says which."""
    jury, asked = _group(row, group), request.POST.get("deed", "")
    hearings = Hearing.objects.select_related("group__promotion", "project__promotion")
    item = get_object_or_404(hearings, group=jury, code=hearing)
    if asked == "cancel":
        return _do(request, jury, partial(cancel_hearing, item), f"« {item.project.title} » sort du plan.")
    if asked == "miss":
        return _do(request, jury, partial(mark_hearing_missed, item), "L’absence est notée.")
    groups = list(hearing_groups(row))
    form = TimeForm(request.POST, offered=times_offered(groups, near=jury), prefix=item.code.hex)
    if not form.is_valid():
        return _not_chosen(request, jury, "un jury et une heure")
    home, starts = _home(groups, form)
    move = partial(move_hearing, item, group=home, starts=starts)
    return _do(request, jury, move, f"« {item.project.title} » change de passage.")
