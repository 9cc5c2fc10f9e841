"""What the juries of projects and those of auditions do in the same way: each test is run on both."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from eig.accounts.models import User
from eig.documents.choices import PrintStatus
from eig.documents.files import keep_bytes
from eig.documents.models import Print
from eig.documents.printing import builders
from eig.evaluation.models import Recusal
from eig.french import dates
from eig.juries.actions import BadHours, Clash, NotSeated, tell_jurors
from eig.juries.desks import JuryDesk
from eig.juries.documents import seat_event
from eig.juries.kinds import Table
from eig.juries.queries import judges
from eig.juries.rules import Column, board
from eig.juries.views.paper import Paper
from eig.mail.models import Message
from eig.mail.relay import as_mime
from eig.promotions.models import Promotion
from journey.actions.founding import create_promotion
from matching.interviews import actions as auditions
from matching.interviews.actions import panel as panels
from matching.interviews.models import Juror as AuditionJuror
from matching.interviews.models import PanelSeat
from matching.interviews.views.staff import panel as audition_juries
from matching.interviews.views.staff import timetable as timetable_views
from privacy.actions import NotYet, erase_person
from projects.actions import jury as hearings
from projects.actions.plan import announce_hearings
from projects.models import HearingJuror, HearingSeat
from projects.views.staff import hearing as hearing_views
from projects.views.staff import jury as project_juries
from tests.factories import hearings as make_hearing
from tests.factories import interviews as make_audition
from tests.factories import projects
from tests.factories.interviews import morning
from tests.factories.ranking import published_project, shortlisted
from tests.people import ASKS_ITSELF, person, signed_in

NOW = timezone.now


@dataclass(frozen=True)
class Kind:
    """One kind of juries, seen from outside."""

    juror: Callable[[Promotion, User, User], Any]
    panel: Callable[..., Any]
    seat: Callable[..., Any]
    unseat: Callable[[Any, User], None]
    refer: Callable[[Any, User], None]
    move: Callable[..., None]
    remove: Callable[[Any, User], None]
    table: Table[Any, Any]
    paper: Paper
    # Doors: to print the plan, to download it; a juror's calendar.
    doors: tuple[str, str, str]
    seats: type[HearingSeat] | type[PanelSeat]
    jurors: type[HearingJuror] | type[AuditionJuror]
    # Something that a jury hears: a project, an application.
    heard: Callable[[Any, User], Any]
    desk: JuryDesk


def _hearing_panel(promotion: Promotion, by: User, *, room: str, starts: datetime, hours: int = 3) -> Any:
    return hearings.create_group(
        promotion, name=room, room=room, starts=starts, ends=starts + timedelta(hours=hours), by=by, at=NOW()
    )


def _audition_panel(promotion: Promotion, by: User, *, room: str, starts: datetime, hours: int = 3) -> Any:
    return make_audition.panel(promotion, by, room=room, starts=starts, hours=hours, slots=False)


def _moved_hearings(panel: Any, by: User, **place: Any) -> None:
    """Hours and rooms of project juries change first, and are told when the team says so."""
    hearings.change_group(panel, **place, by=by, at=NOW())
    announce_hearings(panel.promotion, by=by, at=NOW())


def _heard_project(panel: Any, by: User) -> Any:
    return make_hearing.hearing(projects.eligible(panel.promotion), of=panel).project


def _heard_candidate(panel: Any, by: User) -> Any:
    auditions.seat_juror(panel, juror=make_audition.juror(panel.promotion, by), by=by, at=NOW())
    auditions.create_slots(panel, minutes=30, by=by, at=NOW())
    project = published_project(panel.promotion)
    return make_audition.placed(shortlisted(panel.promotion), project, by, panel).application


KINDS = {
    "projects": Kind(
        juror=lambda promotion, by, who: make_hearing.juror(promotion, who=who),
        panel=_hearing_panel,
        seat=lambda panel, juror, by, referent=False: hearings.seat_juror(
            panel, juror=juror, by=by, at=NOW(), referent=referent
        ),
        unseat=lambda seat, by: hearings.unseat_juror(seat, by=by, at=NOW()),
        refer=lambda seat, by: hearings.name_referent(seat, by=by, at=NOW()),
        move=_moved_hearings,
        remove=lambda panel, by: hearings.remove_group(panel, by=by, at=NOW()),
        table=hearings.TABLE,
        paper=hearing_views.PAPER,
        doors=("projects:staff_hearing_print", "projects:staff_hearing_download", "projects:jury_calendar"),
        seats=HearingSeat,
        jurors=HearingJuror,
        heard=_heard_project,
        desk=project_juries.JURIES,
    ),
    "auditions": Kind(
        juror=make_audition.juror,
        panel=_audition_panel,
        seat=lambda panel, juror, by, referent=False: auditions.seat_juror(
            panel, juror=juror, by=by, at=NOW(), referent=referent
        ),
        unseat=lambda seat, by: auditions.unseat_juror(seat.panel, juror=seat.juror, by=by, at=NOW()),
        refer=lambda seat, by: auditions.name_referent(seat.panel, juror=seat.juror, by=by, at=NOW()),
        move=lambda panel, by, **place: auditions.change_panel(panel, **place, by=by, at=NOW()),
        remove=lambda panel, by: auditions.remove_panel(panel, by=by, at=NOW()),
        table=panels.TABLE,
        paper=timetable_views.PAPER,
        doors=("interviews:timetable_print", "interviews:timetable_download", "interviews:jury_calendar"),
        seats=PanelSeat,
        jurors=AuditionJuror,
        heard=_heard_candidate,
        desk=audition_juries.JURIES,
    ),
}


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.param


def test_a_room_holds_one_jury_at_a_time(kind: Kind, promotion: Promotion, diane: User) -> None:
    kind.panel(promotion, diane, room="Salle 1", starts=morning())
    with pytest.raises(Clash, match="salle"):
        kind.panel(promotion, diane, room="Salle 1", starts=morning() + timedelta(hours=1))
    kind.panel(promotion, diane, room="Salle 1", starts=morning() + timedelta(hours=3))


def test_hours_end_after_they_begin(kind: Kind, promotion: Promotion, diane: User) -> None:
    with pytest.raises(BadHours, match="La fin doit être postérieure au début"):
        kind.panel(promotion, diane, room="Salle 1", starts=morning(), hours=0)


def test_a_juror_sits_in_one_jury_at_a_time_and_once(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    juror = kind.juror(promotion, diane, claire)
    one = kind.panel(promotion, diane, room="Salle 1", starts=morning())
    other = kind.panel(promotion, diane, room="Salle 2", starts=morning() + timedelta(hours=2))
    kind.seat(one, juror, diane)
    with pytest.raises(NotSeated, match="Claire Colin siège déjà dans un autre jury à ces heures"):
        kind.seat(other, juror, diane)
    with pytest.raises(NotSeated, match="Claire Colin siège déjà dans ce jury"):
        kind.seat(one, juror, diane)
    assert kind.seats.objects.count() == 1


def test_a_juror_of_another_promotion_does_not_sit(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    other = create_promotion("eig6", by=None, at=NOW(), code="eig-7", number=7)
    stranger = kind.juror(other, diane, claire)
    panel = kind.panel(promotion, diane, room="Salle 1", starts=morning())
    with pytest.raises(NotSeated, match="ne fait pas partie des jurys de cette promotion"):
        kind.seat(panel, stranger, diane)


def test_a_jury_has_one_referent_who_sits_there(kind: Kind, promotion: Promotion, diane: User) -> None:
    first, second = (kind.juror(promotion, diane, person("Jo", name)) for name in ("Un", "Deux"))
    panel = kind.panel(promotion, diane, room="Salle 1", starts=morning())
    keeps = kind.seat(panel, first, diane, referent=True)
    gone = kind.seat(panel, second, diane)
    kind.refer(gone, diane)
    assert kind.seats.objects.get(is_referent=True).juror == second
    kind.refer(keeps, diane)
    kind.unseat(kind.seats.objects.select_related("juror").get(pk=gone.pk), diane)
    with pytest.raises(NotSeated, match="ne siège pas dans ce jury"):
        kind.refer(gone, diane)
    assert kind.seats.objects.get(is_referent=True).juror == first


def _tell(kind: Kind, promotion: Promotion, at: datetime | None = None) -> int:
    return tell_jurors(kind.table, promotion, seats=kind.seats.objects.all(), at=at or NOW())


def _letters() -> list[Message]:
    return list(Message.objects.filter(kind="juries/seats_announced").order_by("pk"))


def _place(panel: Any, *, later: timedelta = timedelta(0), **place: str) -> dict[str, Any]:
    starts, ends = panel.during.lower + later, panel.during.upper + later
    return {
        "name": panel.name,
        "room": panel.room,
        "link": panel.link,
        "starts": starts,
        "ends": ends,
        **place,
    }


def test_a_juror_is_told_of_all_their_half_days_in_one_letter(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    juror = kind.juror(promotion, diane, claire)
    rooms = [kind.panel(promotion, diane, room=f"Salle {day}", starts=morning(day)) for day in (1, 2)]
    for panel in rooms:
        kind.seat(panel, juror, diane, referent=panel == rooms[0])
    assert _tell(kind, promotion) == 1
    [letter] = _letters()
    assert letter.subject.startswith(f"{kind.table.name} EIG 6\u00a0: vos demi-journées dès le ")
    assert letter.body.count("de 9 h à 12 h") == 2
    assert letter.body.count("référent·e") == 1
    assert "Salle 1" in letter.body
    assert "Salle 2" in letter.body
    assert len(set(re.findall(r"UID:\S+", letter.calendar))) == 2
    files = [
        part.get_content() for part in as_mime(letter).walk() if part.get_content_type() == "text/calendar"
    ]
    assert [(file.count("UID:"), file.count("ATTENDEE")) for file in files] == [(1, 1), (1, 1)]
    # Saying it again tells nobody; one more half-day is told, with those that they know.
    assert _tell(kind, promotion) == 0
    kind.seat(kind.panel(promotion, diane, room="Salle 3", starts=morning(3)), juror, diane)
    assert _tell(kind, promotion) == 1
    [_, letter] = _letters()
    assert "change" not in letter.subject
    assert letter.body.count("de 9 h à 12 h") == 3
    assert letter.calendar.count("UID:") == 1


def test_each_change_keeps_the_event_and_raises_its_sequence(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    """However fast they follow: calendars ignore a change that has the number of the one before."""
    panel = kind.panel(promotion, diane, room="Salle 1", starts=morning())
    kind.seat(panel, kind.juror(promotion, diane, claire), diane)
    _tell(kind, promotion)
    kind.move(panel, diane, **_place(panel, later=timedelta(hours=1)))
    kind.move(panel, diane, **_place(panel, room="Salle 9", link="https://visio.example/neuf"))
    first, *changes = _letters()
    assert [re.findall(r"SEQUENCE:(\d+)", letter.calendar) for letter in changes] == [["1"], ["2"]]
    assert len({re.search(r"UID:\S+", letter.calendar)[0] for letter in (first, *changes)}) == 1
    assert all("changement pour le" in letter.subject for letter in changes)
    assert "Salle 9\nhttps://visio.example/neuf" in changes[1].body
    # The same again changes nothing, and is told to nobody.
    kind.move(panel, diane, **_place(panel))
    assert len(_letters()) == 3


def test_the_end_of_a_long_address_counts(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    panel = kind.panel(promotion, diane, room="S" * 70, starts=morning())
    kind.seat(panel, kind.juror(promotion, diane, claire), diane)
    address = f"https://visio.example/{'x' * 270}"
    kind.move(panel, diane, **_place(panel, link=f"{address}1"))
    _tell(kind, promotion)
    kind.move(panel, diane, **_place(panel, link=f"{address}2"))
    assert f"{address}2" in _letters()[-1].body


def test_a_calendar_says_the_room_the_link_the_page_and_who_comes(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    panel = kind.panel(promotion, diane, room="Salle 1", starts=morning())
    seat = kind.seat(panel, kind.juror(promotion, diane, claire), diane)
    kind.move(panel, diane, **_place(panel, link="https://visio.example/une"))
    _tell(kind, promotion)
    seat.refresh_from_db()
    event = seat_event(kind.table, seat)
    assert (event.place, event.url, event.attendee) == ("Salle 1", "https://visio.example/une", claire.email)
    assert reverse(kind.table.page) in event.description
    assert "https://visio.example/une" in event.description


def test_whoever_was_told_they_sit_is_told_they_do_not(kind: Kind, promotion: Promotion, diane: User) -> None:
    told, untold = (kind.juror(promotion, diane, person("Jo", name)) for name in ("Un", "Deux"))
    panel = kind.panel(promotion, diane, room="Salle 1", starts=morning())
    other = kind.panel(promotion, diane, room="Salle 1", starts=morning(2))
    seats = [kind.seat(panel, told, diane), kind.seat(other, told, diane)]
    _tell(kind, promotion)
    seats.append(kind.seat(panel, untold, diane))
    for one in seats:
        kind.unseat(kind.seats.objects.select_related("juror").get(pk=one.pk), diane)
    first, second, third = _letters()
    assert {letter.to_person for letter in (first, second, third)} == {told.person}
    for letter, kept in ((second, True), (third, False)):
        assert "METHOD:CANCEL" in letter.calendar
        assert re.findall(r"UID:\S+", letter.calendar)[0] in first.calendar
        assert "SEQUENCE:1" in letter.calendar
        assert ("changement pour le" in letter.subject) is kept
        assert ("vous ne siégez plus le" in letter.subject) is not kept


def test_a_jury_that_closes_says_so_to_those_who_knew(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    panel = kind.panel(promotion, diane, room="Salle 1", starts=morning())
    kind.seat(panel, kind.juror(promotion, diane, claire), diane)
    _tell(kind, promotion)
    kind.remove(panel, diane)
    assert not kind.seats.objects.exists()
    assert "vous ne siégez plus le" in _letters()[1].subject
    assert "METHOD:CANCEL" in _letters()[1].calendar


def test_a_juror_takes_what_they_were_told_to_their_calendar(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    juror = kind.juror(promotion, diane, claire)
    for day in (1, 2):
        kind.seat(kind.panel(promotion, diane, room=f"Salle {day}", starts=morning(day)), juror, diane)
    untold = kind.seats.objects.latest("pk")
    tell_jurors(kind.table, promotion, seats=kind.seats.objects.exclude(pk=untold.pk), at=NOW())
    file = signed_in(claire).get(reverse(kind.doors[2]))
    assert file.headers["Content-Type"].startswith("text/calendar")
    assert "Salle 1" in file.text
    assert "Salle 2" not in file.text
    assert "UID" not in signed_in(diane).get(reverse(kind.doors[2])).text


def _page(kind: Kind, promotion: Promotion, by: User) -> str:
    return signed_in(by).get(reverse(kind.paper.page, args=[promotion.code])).text


def test_the_plan_on_paper_says_where_it_is(kind: Kind, promotion: Promotion, diane: User) -> None:
    kind.panel(promotion, diane, room="Salle 1", starts=morning())
    ask, download, _ = (reverse(door, args=[promotion.code]) for door in (*kind.doors[:2], kind.paper.page))
    browser = signed_in(diane)
    assert "pas encore été mis en page" in browser.get(download, follow=True).text
    assert f'action="{ask}"' in _page(kind, promotion, diane)
    assert "Ce PDF est en préparation" in browser.post(ask, follow=True).text
    # Asked already: one does not ask again.
    assert f'action="{ask}"' not in _page(kind, promotion, diane)
    part = browser.get(reverse(kind.paper.page, args=[promotion.code]), headers=ASKS_ITSELF).text
    assert part.lstrip().startswith('<div id="impression"')
    assert 'hx-trigger="every 3s"' in part
    Print.objects.update(status=PrintStatus.FAILED, error="La presse s’est arrêtée.")
    page = _page(kind, promotion, diane)
    assert "La mise en page a échoué" in page
    assert f'action="{ask}"' in page
    made = keep_bytes(b"%PDF-1.7", name="a.pdf", media_type="application/pdf", owner=None, at=NOW())
    Print.objects.update(status=PrintStatus.READY, error="", document=made, ready_at=NOW())
    assert download in (page := _page(kind, promotion, diane))
    assert f"Mis en page le {dates.instant(made.created_at)}" in page
    assert browser.get(download).headers["Content-Type"] == "application/pdf"


def test_the_plan_on_paper_has_juries_side_by_side_and_a_page_for_each(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    first = kind.panel(promotion, diane, room="Salle Monge", starts=morning())
    kind.panel(promotion, diane, room="Salle Germain", starts=morning())
    kind.panel(promotion, diane, room="Salle Monge", starts=morning(2))
    kind.seat(first, kind.juror(promotion, diane, claire), diane, referent=True)
    order = builders[kind.paper.kind](promotion.pk, lambda percent: None)
    [day, next_day] = order.context["days"]
    [block] = day.blocks
    assert [sheet.panel.room for sheet in block.heads] == ["Salle Germain", "Salle Monge"]
    assert [sheet.panel.room for sheet in next_day.blocks[0].heads] == ["Salle Monge"]
    text = render_to_string(order.template, order.context)
    assert "ne pas diffuser" in text
    # Nobody sits in the two others yet: nothing to sign.
    assert text.count("Émargement") == 1
    assert text.count("Personne n’y siège encore.") == 2
    assert "Matin, de 9 h à 12 h" in text
    assert "Claire Colin (référent·e)" in text


def test_nobody_is_written_to_about_a_jury_that_is_over(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    juror = kind.juror(promotion, diane, claire)
    over = kind.panel(promotion, diane, room="Salle 1", starts=morning(-2))
    seat = kind.seat(over, juror, diane)
    assert _tell(kind, promotion, at=morning(-3)) == 1
    kind.move(over, diane, **_place(over, room="Salle 2"))
    kind.unseat(kind.seats.objects.select_related("juror").get(pk=seat.pk), diane)
    kind.seat(over, juror, diane)
    assert _tell(kind, promotion) == 0
    assert len(_letters()) == 1


def test_whoever_sits_nowhere_leaves_the_list_and_may_apply(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    juror = kind.juror(promotion, diane, claire)
    panel = kind.panel(promotion, diane, room="Salle 1", starts=morning())
    seat = kind.seat(panel, juror, diane)
    browser = signed_in(diane)
    where = kind.desk.door("dismiss", promotion, juror.code)
    page = browser.post(where, follow=True)
    assert "siège dans un jury : retirez d’abord cette personne de ses jurys" in page.text
    assert judges(claire, promotion)
    kind.unseat(kind.seats.objects.select_related("juror").get(pk=seat.pk), diane)
    page = browser.post(where, follow=True)
    assert "Claire Colin ne fait plus partie des jurys" in page.text
    assert not kind.jurors.objects.exists()
    assert not judges(claire, promotion)


def test_the_team_makes_somebody_sit_and_changes_their_jury(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    juror = kind.juror(promotion, diane, claire)
    one, other = (kind.panel(promotion, diane, room=room, starts=morning()) for room in ("Une", "Autre"))
    browser = signed_in(diane)
    where = kind.desk.door("seat", promotion, one.code)
    assert "Choisissez une personne" in browser.post(where, {"juror": "zut"}, follow=True).text
    page = browser.post(where, {"juror": juror.code, "referent": "on"}, follow=True)
    assert "Claire Colin siège dans ce jury" in page.text
    seat = kind.seats.objects.get()
    assert seat.is_referent
    where, name, value = kind.desk.seat_door(seat, "move")
    assert "Choisissez un autre jury" in browser.post(where, {name: value, "to": one.code}, follow=True).text
    page = browser.post(where, {name: value, "to": other.code}, follow=True)
    assert "Claire Colin siège désormais dans" in page.text
    assert getattr(kind.seats.objects.get(), kind.desk.table.panel) == other
    # A second click finds nobody there, and says so.
    page = browser.post(where, {name: value, "to": other.code}, follow=True)
    assert "Claire Colin ne siège pas dans ce jury" in page.text


def test_a_move_that_is_refused_leaves_the_seat_where_it_was(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    juror = kind.juror(promotion, diane, claire)
    early, late = morning(), morning() + timedelta(hours=3)
    one, busy, other = (
        kind.panel(promotion, diane, room=room, starts=starts)
        for room, starts in (("Une", early), ("Prise", late), ("Autre", late))
    )
    seat = kind.seat(one, juror, diane)
    kind.seat(busy, juror, diane)
    where, name, value = kind.desk.seat_door(seat, "move")
    page = signed_in(diane).post(where, {name: value, "to": other.code}, follow=True)
    assert "Claire Colin siège déjà dans un autre jury à ces heures" in page.text
    assert kind.seats.objects.filter(pk=seat.pk).exists()


def test_the_team_records_a_recusal_and_the_jury_says_so(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    panel = kind.panel(promotion, diane, room="Salle 1", starts=morning())
    judged = kind.heard(panel, diane)
    juror = kind.juror(promotion, diane, claire)
    browser = signed_in(diane)
    where = kind.desk.door("recuse", promotion, juror.code, judged.code)
    refused = browser.post(where, {"reason": "  "})
    assert refused.status_code == 422
    assert "Indiquez en quelques mots le motif du déport" in refused.text
    assert "Ancienne collègue" in browser.post(where, {"reason": "Ancienne collègue"}, follow=True).text
    assert Recusal.objects.get().person == claire
    page = kind.desk.door("page", promotion, panel.code)
    assert "Claire Colin – Agent public (s’est déporté·e)" in browser.get(page).text
    kind.seat(panel, juror, diane)
    assert "s’est déporté·e." in browser.get(page).text


def test_what_is_known_of_a_juror_is_corrected_without_a_word_to_them(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    juror = kind.juror(promotion, diane, claire)
    letters = Message.objects.count()
    where = kind.desk.door("juror", promotion, juror.code)
    page = signed_in(diane).post(where, {"kind": "dinum", "organisation": "DINUM"}, follow=True)
    assert "La fiche de Claire Colin est enregistrée" in page.text
    known = kind.jurors.objects.get()
    assert (known.kind, known.organisation) == ("dinum", "DINUM")
    assert Message.objects.count() == letters


def test_a_jury_with_nobody_to_hear_is_removed_from_its_page(
    kind: Kind, promotion: Promotion, diane: User
) -> None:
    panel = kind.panel(promotion, diane, room="Salle 1", starts=morning())
    busy = kind.panel(promotion, diane, room="Salle 2", starts=morning())
    kind.heard(busy, diane)
    browser = signed_in(diane)
    assert "Supprimer ce jury" not in browser.get(kind.desk.door("page", promotion, busy.code)).text
    assert "Supprimer ce jury" in browser.get(kind.desk.door("page", promotion, panel.code)).text
    page = browser.post(kind.desk.door("remove", promotion, panel.code), follow=True)
    assert "Le jury est supprimé" in page.text


def test_an_erasure_frees_the_seats_to_come(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    panel = kind.panel(promotion, diane, room="Salle 1", starts=morning())
    kind.seat(panel, kind.juror(promotion, diane, claire), diane)
    past = kind.panel(promotion, diane, room="Salle 1", starts=morning(-3))
    kept = kind.seat(past, kind.jurors.objects.get(person=claire), diane)
    erase_person(claire, at=NOW())
    assert list(kind.seats.objects.all()) == [kept]


def test_nobody_is_erased_while_their_jury_sits(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    panel = kind.panel(promotion, diane, room="Salle 1", starts=NOW() - timedelta(hours=1))
    kind.seat(panel, kind.juror(promotion, diane, claire), diane)
    with pytest.raises(NotYet, match="en cours"):
        erase_person(claire, at=NOW())


def test_juries_stand_side_by_side_by_their_hours() -> None:
    """A jury that hears nothing at an hour has an empty cell there; other hours are another block."""
    at = morning()
    hours = [at + timedelta(minutes=30 * rank) for rank in range(3)]
    noon = at + timedelta(hours=3)
    columns = [
        Column(at, noon, "B", {hours[1]: "b1", hours[0]: "b0"}),
        Column(at, noon + timedelta(hours=1), "C", {}),
        Column(at, noon, "A", {hours[2]: "a2", hours[0]: "a0"}),
    ]
    [day] = board(columns)
    first, second = day.blocks
    assert day.date == at.date()
    assert first.heads == ("B", "A")
    assert first.lines == ((hours[0], ("b0", "a0")), (hours[1], ("b1", None)), (hours[2], (None, "a2")))
    assert (second.heads, second.lines) == (("C",), ())
    assert [day.date for day in board([*columns, Column(at - timedelta(days=1), noon, "D", {})])] == [
        at.date() - timedelta(days=1), at.date(),
    ]  # fmt: skip
