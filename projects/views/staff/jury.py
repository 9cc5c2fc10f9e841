"""One project jury: its members, its hours, its projects, each moved by hand with live checks."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from eig.accounts.actions import person_behind
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.juries.actions import BadHours, Clash, IsCandidate, NotSeated, TooEarly
from eig.juries.desks import Jury, JuryDesk
from eig.lifecycle import IllegalMove
from eig.listing.views import list_page
from eig.promotions.doors import promotion_desk
from eig.promotions.models import Promotion
from eig.promotions.queries import moment
from projects.actions.hearing import HearingOver, mark_hearing_missed, recuse_project_juror
from projects.actions.jury import (
    TABLE,
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
from projects.forms.hearing import ProjectJurorForm, ProjectPlaceForm, TimeForm, times_offered
from projects.models import Hearing, HearingGroup, HearingSeat, Project
from projects.queries import project_for_staff
from projects.queries.hearing import (
    hearing_groups,
    jury_lines,
    open_times,
    project_jurors,
    projects_to_hear,
    seatable,
    tie_lines,
)
from projects.queries.listing import PROJECT_JURORS

REFUSALS = (BadHours, Clash, HearingOver, IllegalMove, NotOnPlan, NotSeated, TooEarly)


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


def _jury_of(row: Promotion, code: UUID) -> Jury | None:
    groups = list(hearing_groups(row))
    jury = next((one for one in groups if one.code == code), None)
    if jury is None:
        return None
    [line] = jury_lines([jury])
    offered = times_offered(groups, near=jury)
    heard = {item.during.lower for item in line.hearings}
    context = {
        "passes": [
            (
                item,
                TimeForm(offered=[one for one in offered if not _is_at(item, one[0])], prefix=item.code.hex),
            )
            for item in line.hearings
        ],
        "place_form": ProjectPlaceForm(
            offered=[one for one in offered if one[0].startswith(str(code)) and "échanger" not in one[1]],
            projects=projects_to_hear(row),
        ),
        "free": len(open_times(jury)) - len(heard),
    }
    return Jury(jury, line.seats, line.warnings, seatable(jury), not line.hearings, context)


def _is_at(hearing: Hearing, value: str) -> bool:
    return value == f"{hearing.group.code}|{hearing.during.lower.isoformat()}"


def _seat_door(seat: HearingSeat, deed: str) -> tuple[str, str, str]:
    where = [seat.group.promotion.code, seat.group.code, seat.juror.code]
    return reverse("projects:staff_seat_change", args=where), "deed", deed


def _judged(row: Promotion, code: UUID) -> tuple[Project, str]:
    project = get_object_or_404(project_for_staff(row.code), code=code)
    return project, f"« {project.title} »"


JURIES = JuryDesk(
    table=TABLE,
    app="projects",
    doors={
        "list": "staff_hearing_plan", "create": "staff_group_create", "page": "staff_group_detail",
        "change": "staff_group_detail", "remove": "staff_group_remove", "seat": "staff_seat_add",
        "jurors": "staff_project_juror_list", "juror": "staff_project_juror_edit",
        "dismiss": "staff_project_juror_dismiss", "recuse": "staff_project_juror_recuse",
    },
    seat_door=_seat_door,
    above=("Projets", "projects:staff_project_list"),
    heard="projects/staff/_passes.html",
    subject="Projet",
    told="Les personnes déjà prévenues l’apprennent au prochain envoi.",
    jury_of=_jury_of, jurors=project_jurors, juror_form=ProjectJurorForm, ties=tie_lines, judged=_judged,
    aside="Cette personne sort de la salle pendant ce projet et garde les autres. "
    "Sa lecture du dossier, même signée, ne compte plus.",
    readers="",
    refusals=REFUSALS,
    create=create_group, change=change_group, remove=remove_group,
    seat=seat_juror, unseat=unseat_juror, refer=name_referent, move=move_juror,
    correct=appoint_project_juror, dismiss=dismiss_project_juror,
    recuse=lambda juror, project, **why: recuse_project_juror(project, person=juror.person, **why),
)  # fmt: skip


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
def staff_hearing_place(request: SignedInRequest, row: Promotion, code: UUID) -> HttpResponse:
    jury, groups = _group(row, code), list(hearing_groups(row))
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
def staff_hearing_move(request: SignedInRequest, row: Promotion, code: UUID, hearing: UUID) -> HttpResponse:
    """Move, take out, or note that nobody came: `deed` says which."""
    jury, asked = _group(row, code), request.POST.get("deed", "")
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
