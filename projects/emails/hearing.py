"""What the people of a project are told of their hearing: awaited when and where, each change."""

from datetime import datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse

from eig.icalendar import Event, Method, calendar_file
from eig.juries.documents import appointment
from eig.mail.outbox import letter, post_all
from eig.meetings.queries import page_at
from projects.models import Hearing
from projects.queries import editors_of
from projects.queries.hearing import minutes_of
from projects.rules.hearing import called_at


def hearing_event(hearing: Hearing, *, attendee: str = "") -> Event:
    """As its people were told: from the hour when they come in, until the jury deliberates."""
    minutes, during = minutes_of(hearing.group.promotion), hearing.announced_during
    return appointment(
        f"hearing-{hearing.code}",
        title=f"Audition du projet « {hearing.project.title} »",
        during=DateTimeTZRange(called_at(during.lower, minutes), during.upper),
        place=hearing.announced_place,
        page=page_at("projects:hearing_detail", hearing.project.code),
        notes=[f"{minutes.pitch} minutes de présentation, {minutes.questions} de questions."],
        sequence=hearing.sequence,
        attendee=attendee,
    )


def _to_leads(
    template: str,
    hearing: Hearing,
    *,
    at: datetime,
    method: Method = Method.REQUEST,
    page: str = "projects:hearing_detail",
) -> None:
    told: dict[str, Any] = {
        "project": hearing.project,
        "starts": hearing_event(hearing).starts,
        "place": hearing.announced_place,
        "minutes": minutes_of(hearing.group.promotion),
        "path": reverse(page, args=[hearing.project.code]),
        "reason": "",
    }
    letters = []
    for editor in editors_of(hearing.project):
        key = f"{template}:{hearing.pk}:{hearing.sequence}:{editor.person_id}"
        event = hearing_event(hearing, attendee=editor.person.email)
        file = calendar_file([event], at=at, method=method)
        letters.append(letter(template, editor.person, key, calendar=file, **told))
    post_all(letters, at=at, promotion_id=hearing.project.promotion_id)


def hearing_planned(hearing: Hearing, *, at: datetime) -> None:
    _to_leads("projects/hearing_planned", hearing, at=at)


def hearing_moved(hearing: Hearing, *, at: datetime) -> None:
    _to_leads("juries/hearing_moved", hearing, at=at)


def hearing_cancelled(hearing: Hearing, *, at: datetime) -> None:
    page = "projects:project_detail"
    _to_leads("juries/hearing_cancelled", hearing, at=at, method=Method.CANCEL, page=page)
