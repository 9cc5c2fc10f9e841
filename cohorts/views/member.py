"""A team's page, its bulletins, one's mission and what remains of it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from cohorts.actions import (
    BadDate,
    BulletinChanged,
    BulletinClosed,
    NotAlumni,
    NotInMission,
    WeekOutside,
    ask_certificate,
    file_bulletin,
    join_directory,
    leave_directory,
)
from cohorts.choices import MemberStatus
from cohorts.documents import CERTIFICATE
from cohorts.forms import BulletinForm, HeadlineForm
from cohorts.models import Bulletin, Member
from cohorts.queries import bulletins_of, companions_of, members_visible_to, teams_visible_to, week_reading
from cohorts.queries.alumni import entry_of
from cohorts.queries.bulletin import bulletin_of, with_lateness
from cohorts.queries.member import is_active_member, is_member_of_promotion, members_of, mission_in, page_of
from cohorts.rules import after, before, bulletin_deadline, day_in_paris, week_of, weeks_told
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.answers import posted
from eig.documents.doors import page_or_print, serve
from eig.documents.printing import printing_of, ready_document
from eig.journal.choices import Shown
from eig.journal.doors import shows
from eig.promotions.models import Promotion
from eig.promotions.queries import moment


def team_detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    team = get_object_or_404(teams_visible_to(request.user), code=code)
    page = Paginator(bulletins_of(team), 8).get_page(request.GET.get("page"))
    now = moment(team.promotion)
    week = week_of(now)
    context = {
        "team": team,
        "promotion": team.promotion,
        "project": team.project,
        "public_page": page_of(team),
        "members": members_of(team),
        "companions": companions_of(team),
        "page": page,
        "bulletins": with_lateness(page),
        "mission": mission_in(team, request.user),
        "writes": is_active_member(request.user, team),
        "this_week": bulletin_of(team, week),
        "week": week,
        "deadline": bulletin_deadline(week),
        "correctable": now <= bulletin_deadline(week),
        "reads_all": request.user.is_staff or is_member_of_promotion(request.user, team.promotion),
    }
    return render(request, "cohorts/team_detail.html", context)


def bulletin_edit(request: SignedInRequest, code: UUID) -> HttpResponse:
    """One minute: this week's, or a former one by `?semaine=`."""
    team = get_object_or_404(teams_visible_to(request.user), code=code)
    if not is_active_member(request.user, team):
        raise Http404
    now = moment(team.promotion)
    week = _asked_week(request, default=week_of(now))
    existing = bulletin_of(team, week)
    form = _bulletin_form(request, existing)
    changed: Bulletin | None = None
    if request.method == "POST" and form.is_valid():
        try:
            file_bulletin(
                team, week=week, by=request.user, at=now, seen=form.cleaned_data["seen"], **form.texts()
            )
        except BulletinChanged as reason:
            messages.warning(request, str(reason))
            changed = reason.bulletin
            form = BulletinForm({**request.POST.dict(), "seen": changed.filed_at.isoformat()})
        except (BulletinClosed, NotInMission, WeekOutside) as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, "Le bulletin est enregistré. Merci !")
            return redirect("cohorts:team_detail", code)
    starts_on = min(member.starts_on for member in members_of(team))
    deadline = bulletin_deadline(week)
    context = {
        "team": team,
        "project": team.project,
        "promotion": team.promotion,
        "form": form,
        "week": week,
        "weeks": weeks_told(starts_on, until=day_in_paris(now))[:6],
        "deadline": deadline,
        "existing": existing,
        "changed": changed,
        "late": now > deadline,
        "closed": existing is not None and now > deadline,
    }
    return render(request, "cohorts/bulletin_edit.html", context)


def _bulletin_form(request: SignedInRequest, existing: Bulletin | None) -> BulletinForm:
    if request.method == "POST":
        return BulletinForm(request.POST)
    seen = existing.filed_at.isoformat() if existing else ""
    return BulletinForm(instance=existing, initial={"seen": seen})


def _asked_week(request: SignedInRequest, *, default: date) -> date:
    """The Monday asked for; 404 when it is no day at all."""
    asked = request.GET.get("semaine", "")
    if not asked:
        return default
    try:
        day = parse_date(asked)
    except ValueError:
        day = None
    if day is None or day.weekday() != 0:
        raise Http404
    return day


def bulletin_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    """All teams of a week: members of the promotion and staff."""
    row = get_object_or_404(Promotion, code=promotion)
    if not (request.user.is_staff or is_member_of_promotion(request.user, row)):
        raise Http404
    current = week_of(moment(row))
    week = _asked_week(request, default=current)
    context = {
        "promotion": row,
        "reading": week_reading(row, week),
        "earlier": before(week),
        "later": after(week) if week < current else None,
    }
    return render(request, "cohorts/bulletin_list.html", context)


def mission_detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    member = get_object_or_404(members_visible_to(request.user), code=code)
    shows(request, member)
    context = {
        "member": member,
        "promotion": member.promotion,
        "project": member.team.project,
        "is_mine": member.person_id == request.user.pk,
        "is_completed": member.status == MemberStatus.COMPLETED,
        "entry": entry_of(member),
        "printing": printing_of(CERTIFICATE, member.pk),
    }
    return page_or_print(request, "cohorts/mission_detail.html", context)


def certificate_detail(request: SignedInRequest, code: UUID) -> HttpResponse:
    """The certificate as a page."""
    member = _completed(request, code, what=Shown.DOSSIER)
    context = {"member": member, "promotion": member.promotion, "project": member.team.project}
    return render(request, "cohorts/certificate_detail.html", context)


@require_POST
def certificate_ask(request: SignedInRequest, code: UUID) -> HttpResponse:
    member = get_object_or_404(members_visible_to(request.user), code=code)
    with Doing(request, BadDate, prints=True) as done:
        ask_certificate(member, by=request.user, at=moment(member.promotion))
        done.said = "L’attestation se prépare : elle sera ici dans quelques secondes."
    return redirect("cohorts:mission_detail", code)


def certificate_download(request: SignedInRequest, code: UUID) -> HttpResponseBase:
    member = _completed(request, code, what=Shown.FILE)
    document = ready_document(CERTIFICATE, member.pk)
    if document is None:
        messages.info(request, "L’attestation n’est pas encore prête.")
        return redirect("cohorts:mission_detail", code)
    return serve(document)


def _completed(request: SignedInRequest, code: UUID, *, what: Shown) -> Member:
    rows = members_visible_to(request.user)
    member = get_object_or_404(rows, code=code, status=MemberStatus.COMPLETED)
    shows(request, member, what=what)
    return member


def _own(request: SignedInRequest, code: UUID) -> Member:
    """Consent is one's own: staff neither give it nor take it back."""
    return get_object_or_404(members_visible_to(request.user), code=code, person=request.user)


def directory_join(request: SignedInRequest, code: UUID) -> HttpResponse:
    member = _own(request, code)
    entry = entry_of(member)
    form = HeadlineForm(posted(request), initial={"headline": entry.headline if entry else ""})
    if request.method == "POST" and form.is_valid():
        with Doing(request, NotAlumni, said="Votre fiche est publiée dans l’annuaire des anciens."):
            join_directory(
                member, by=request.user, at=moment(member.promotion), headline=form.cleaned_data["headline"]
            )
        return redirect("cohorts:mission_detail", code)
    context = {"member": member, "promotion": member.promotion, "form": form, "entry": entry}
    return render(request, "cohorts/directory_join.html", context)


@require_POST
def directory_leave(request: SignedInRequest, code: UUID) -> HttpResponse:
    member = _own(request, code)
    if leave_directory(member, by=request.user, at=moment(member.promotion)):
        messages.success(request, "Votre fiche est retirée de l’annuaire.")
    return redirect("cohorts:mission_detail", code)
