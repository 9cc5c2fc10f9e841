"""One project jury: its members, its hours, its projects, each moved by hand with live checks."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from eig.accounts.actions import person_behind
from eig.accounts.doors import SignedInRequest, staff_only
from eig.juries.actions import BadHours, Clash, IsCandidate, NotSeated
from eig.juries.forms import PanelForm, SeatForm
from eig.lifecycle import IllegalMove
from eig.listing.views import list_page
from eig.mail.tasks import wake_after_commit
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
from projects.views.staff.hearing import group_in

REFUSALS = (BadHours, Clash, HearingOver, IllegalMove, NotOnPlan, NotSeated)


@promotion_desk
def staff_project_juror_list(request: SignedInRequest, row: Promotion) -> HttpResponse:
    appoints = request.method == "POST" and "act" not in request.POST
    form = ProjectJurorForm(request.POST if appoints else None, promotion=row)
    if form.is_valid():
        try:
            person = person_behind(
                **{name: form.cleaned_data[name] for name in ("email", "first_name", "last_name")}
            )
            appoint_project_juror(row, person=person, by=request.user, at=moment(row), **form.values())
        except IsCandidate as reason:
            form.add_error("email", str(reason))
        else:
            messages.success(request, f"{person} peut siéger dans les jurys de projets.")
            return redirect("projects:staff_project_juror_list", row.code)
    return list_page(
        request, row, PROJECT_JURORS, template="projects/staff/staff_project_juror_list.html", form=form
    )


@staff_only
def staff_project_juror_edit(request: SignedInRequest, promotion: str, juror: UUID) -> HttpResponse:
    person = get_object_or_404(
        HearingJuror.objects.select_related("promotion", "person"), promotion__code=promotion, code=juror
    )
    form = ProjectJurorForm(
        request.POST if request.method == "POST" else None, promotion=person.promotion, juror=person
    )
    if form.is_valid():
        appoint_project_juror(
            person.promotion,
            person=person.person,
            by=request.user,
            at=moment(person.promotion),
            **form.values(),
        )
        messages.success(request, f"La fiche de {person} est enregistrée.")
        return redirect("projects:staff_project_juror_list", promotion)
    context = {"promotion": person.promotion, "juror": person, "form": form}
    return render(
        request, "projects/staff/staff_project_juror_edit.html", context, status=422 if form.is_bound else 200
    )


@require_POST
@staff_only
def staff_project_juror_dismiss(request: SignedInRequest, promotion: str, juror: UUID) -> HttpResponse:
    member = get_object_or_404(
        HearingJuror.objects.select_related("promotion", "person"), promotion__code=promotion, code=juror
    )
    try:
        dismiss_project_juror(member, by=request.user, at=moment(member.promotion))
    except NotOnPlan as reason:
        messages.error(request, str(reason))
        return redirect("projects:staff_project_juror_edit", promotion, juror)
    messages.success(request, f"{member.person} ne fait plus partie des jurys de projets.")
    return redirect("projects:staff_project_juror_list", promotion)


@promotion_desk
def staff_group_create(request: SignedInRequest, row: Promotion) -> HttpResponse:
    form = PanelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            group = create_group(row, by=request.user, at=moment(row), **form.values())
        except REFUSALS as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("projects:staff_group_detail", row.code, group.code)
    context = {"promotion": row, "form": form}
    return render(
        request, "projects/staff/staff_group_create.html", context, status=422 if form.is_bound else 200
    )


@staff_only
def staff_group_detail(request: SignedInRequest, promotion: str, group: UUID) -> HttpResponse:
    """Everything of one jury on a page; the first form changes its name, room and hours."""
    row = get_object_or_404(hearing_groups(get_object_or_404(Promotion, code=promotion)), code=group)
    form = PanelForm(request.POST if request.method == "POST" else None, panel=row)
    if form.is_valid():
        try:
            change_group(row, by=request.user, at=moment(row.promotion), **form.values())
        except REFUSALS as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(
                request, "Le jury est modifié. Les personnes déjà prévenues ne le savent pas encore."
            )
            return redirect("projects:staff_group_detail", promotion, group)
    context = {"form": form, **_jury_context(row)}
    return render(
        request, "projects/staff/staff_group_detail.html", context, status=422 if form.is_bound else 200
    )


def _jury_context(row: HearingGroup) -> dict[str, object]:
    [line] = jury_lines([row])
    groups = list(hearing_groups(row.promotion))
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


@require_POST
@staff_only
def staff_group_remove(request: SignedInRequest, promotion: str, group: UUID) -> HttpResponse:
    row = group_in(promotion, group)
    try:
        remove_group(row, by=request.user, at=moment(row.promotion))
    except REFUSALS as reason:
        messages.error(request, str(reason))
        return redirect("projects:staff_group_detail", promotion, group)
    wake_after_commit()
    messages.success(request, "Le jury est supprimé.")
    return redirect("projects:staff_hearing_plan", promotion)


@require_POST
@staff_only
def staff_seat_add(request: SignedInRequest, promotion: str, group: UUID) -> HttpResponse:
    row = get_object_or_404(hearing_groups(get_object_or_404(Promotion, code=promotion)), code=group)
    form = SeatForm(request.POST, people=_seatable(row))
    if not form.is_valid():
        messages.error(request, "Choisissez une personne de la liste.")
    else:
        try:
            seat_juror(row, juror=form.chosen(), by=request.user, at=moment(row.promotion))
        except REFUSALS as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, f"{form.chosen()} siège dans ce jury.")
    return redirect("projects:staff_group_detail", promotion, group)


@require_POST
@staff_only
def staff_seat_change(request: SignedInRequest, promotion: str, group: UUID, juror: UUID) -> HttpResponse:
    """Name référent, take out, or move to another jury: `deed` says which."""
    row = group_in(promotion, group)
    seat = get_object_or_404(
        HearingSeat.objects.select_related("group", "juror__person"), group=row, juror__code=juror
    )
    deed, now = request.POST.get("deed", ""), moment(row.promotion)
    try:
        if deed == "referent":
            name_referent(seat, by=request.user, at=now)
            messages.success(request, f"{seat.juror} est référent·e de ce jury.")
        elif deed == "remove":
            unseat_juror(seat, by=request.user, at=now)
            wake_after_commit()
            messages.success(request, f"{seat.juror} ne siège plus dans ce jury.")
        elif other := _group_asked(row, request.POST.get("group", "")):
            move_juror(seat, group=other, by=request.user, at=now)
            messages.success(request, f"{seat.juror} siège désormais dans « {other.name} ».")
        else:
            messages.error(request, "Choisissez un jury.")
    except REFUSALS as reason:
        messages.error(request, str(reason))
    return redirect("projects:staff_group_detail", promotion, group)


def _group_asked(row: HearingGroup, code: str) -> HearingGroup | None:
    try:
        asked = UUID(code)
    except ValueError:
        return None
    return HearingGroup.objects.filter(promotion=row.promotion_id, code=asked).first()


@require_POST
@staff_only
def staff_hearing_place(request: SignedInRequest, promotion: str, group: UUID) -> HttpResponse:
    row = group_in(promotion, group)
    groups = list(hearing_groups(row.promotion))
    form = ProjectPlaceForm(
        request.POST, offered=times_offered(groups, near=row), projects=projects_to_hear(row.promotion)
    )
    if not form.is_valid():
        messages.error(request, "Choisissez un projet et une heure.")
        return redirect("projects:staff_group_detail", promotion, group)
    home, starts = _home(groups, form)
    try:
        place_hearing(form.chosen(), group=home, starts=starts, by=request.user, at=moment(row.promotion))
    except REFUSALS as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"« {form.chosen().title} » est inscrit au plan.")
    return redirect("projects:staff_group_detail", promotion, group)


def _home(groups: list[HearingGroup], form: TimeForm) -> tuple[HearingGroup, datetime]:
    code, starts = form.where()
    return next(item for item in groups if str(item.code) == code), starts


@require_POST
@staff_only
def staff_hearing_move(request: SignedInRequest, promotion: str, group: UUID, hearing: UUID) -> HttpResponse:
    """Move, take out, or note that nobody came: `deed` says which."""
    row = group_in(promotion, group)
    item = get_object_or_404(
        Hearing.objects.select_related("group__promotion", "project__promotion"), group=row, code=hearing
    )
    deed, now = request.POST.get("deed", ""), moment(row.promotion)
    try:
        if deed == "cancel":
            cancel_hearing(item, by=request.user, at=now)
            wake_after_commit()
            messages.success(request, f"« {item.project.title} » sort du plan.")
        elif deed == "miss":
            mark_hearing_missed(item, by=request.user, at=now)
            messages.success(request, "L’absence est notée.")
        else:
            groups = list(hearing_groups(row.promotion))
            form = TimeForm(request.POST, offered=times_offered(groups, near=row), prefix=item.code.hex)
            if not form.is_valid():
                messages.error(request, "Choisissez un jury et une heure.")
            else:
                home, starts = _home(groups, form)
                move_hearing(item, group=home, starts=starts, by=request.user, at=now)
                messages.success(request, f"« {item.project.title} » change de passage.")
    except REFUSALS as reason:
        messages.error(request, str(reason))
    return redirect("projects:staff_group_detail", promotion, group)
