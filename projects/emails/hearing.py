"""What is told of project juries: who sits where, which project is awaited when, and each change."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from eig.icalendar import Event, Method, calendar_file
from eig.mail.outbox import Letter, post_all
from projects.models import Hearing, HearingSeat
from projects.queries import editors_of
from projects.queries.hearing import minutes_of
from projects.rules.hearing import called_at


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "eig"


def hearing_event(hearing: Hearing) -> Event:
    """For the project's people: from the hour when they come in, until the jury deliberates."""
    minutes = minutes_of(hearing.group.promotion)
    starts = called_at(hearing.during.lower, minutes)
    path = reverse("projects:hearing_detail", args=[hearing.project.code])
    return Event(
        uid=f"hearing-{hearing.code}@{_host()}",
        starts=starts,
        ends=hearing.during.upper,
        title=f"Audition du projet « {hearing.project.title} »",
        sequence=hearing.sequence,
        description=f"{minutes.pitch} minutes de présentation, {minutes.questions} de questions.",
        place=hearing.group.room,
        url=hearing.group.link or f"{settings.SITE_URL}{path}",
        organiser=settings.CONTACT_EMAIL,
    )


def seat_event(seat: HearingSeat) -> Event:
    return Event(
        uid=f"project-jury-{seat.group.code}-{seat.juror.code}@{_host()}",
        starts=seat.during.lower,
        ends=seat.during.upper,
        title=f"Jury de projets {seat.group.promotion.name} : {seat.group.name}",
        sequence=seat.sequence,
        place=seat.group.room,
        url=seat.group.link or f"{settings.SITE_URL}{reverse('projects:jury_list')}",
        organiser=settings.CONTACT_EMAIL,
    )


def _to_leads(template: str, hearing: Hearing, *, at: datetime, method: Method = Method.REQUEST) -> None:
    event = hearing_event(hearing)
    calendar = calendar_file([event], at=at, method=method)
    post_all(
        [
            Letter(
                template,
                editor.person,
                f"{template}:{hearing.pk}:{hearing.sequence}:{editor.person_id}",
                {
                    "project": hearing.project,
                    "hearing": hearing,
                    "group": hearing.group,
                    "starts": event.starts,
                    "minutes": minutes_of(hearing.group.promotion),
                },
                calendar,
            )
            for editor in editors_of(hearing.project)
        ],
        at=at,
        promotion_id=hearing.project.promotion_id,
    )


def hearing_planned(hearing: Hearing, *, at: datetime) -> None:
    _to_leads("projects/hearing_planned", hearing, at=at)


def hearing_moved(hearing: Hearing, *, at: datetime) -> None:
    _to_leads("projects/hearing_moved", hearing, at=at)


def hearing_cancelled(hearing: Hearing, *, at: datetime) -> None:
    _to_leads("projects/hearing_cancelled", hearing, at=at, method=Method.CANCEL)


def _to_juror(template: str, seat: HearingSeat, *, at: datetime, method: Method = Method.REQUEST) -> None:
    post_all(
        [
            Letter(
                template,
                seat.juror.person,
                f"{template}:{seat.pk}:{seat.sequence}",
                {"seat": seat, "group": seat.group, "promotion": seat.group.promotion},
                calendar_file([seat_event(seat)], at=at, method=method),
            )
        ],
        at=at,
        promotion_id=seat.group.promotion_id,
    )


def jury_invited(seat: HearingSeat, *, at: datetime) -> None:
    _to_juror("projects/jury_invited", seat, at=at)


def jury_moved(seat: HearingSeat, *, at: datetime) -> None:
    _to_juror("projects/jury_moved", seat, at=at)


def jury_released(seat: HearingSeat, *, at: datetime) -> None:
    _to_juror("projects/jury_released", seat, at=at, method=Method.CANCEL)
