"""What the juries of projects and those of auditions do in the same way: each test is run on both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from eig.accounts.models import User
from eig.juries.actions import BadHours, Clash, NotSeated
from eig.juries.queries import judges
from eig.mail.models import Message
from eig.promotions.models import Promotion
from journey.actions.founding import create_promotion
from matching.interviews import actions as auditions
from matching.interviews.models import Juror as AuditionJuror
from matching.interviews.models import PanelSeat
from privacy.actions import NotYet, erase_person
from projects.actions import jury as hearings
from projects.actions.plan import announce_hearings
from projects.models import HearingJuror, HearingSeat
from tests.factories import hearings as make_hearing
from tests.factories import interviews as make_audition
from tests.factories.interviews import morning
from tests.people import person, signed_in

NOW = timezone.now


@dataclass(frozen=True)
class Kind:
    """One kind of juries, seen from outside."""

    juror: Callable[[Promotion, User, User], Any]
    panel: Callable[..., Any]
    seat: Callable[..., Any]
    unseat: Callable[[Any, User], None]
    refer: Callable[[Any, User], None]
    tell: Callable[[Any, User], None]
    seats: type[HearingSeat] | type[PanelSeat]
    jurors: type[HearingJuror] | type[AuditionJuror]
    dismiss: str


def _hearing_panel(promotion: Promotion, by: User, *, room: str, starts: datetime, hours: int = 3) -> Any:
    return hearings.create_group(
        promotion, name=room, room=room, starts=starts, ends=starts + timedelta(hours=hours), by=by, at=NOW()
    )


def _audition_panel(promotion: Promotion, by: User, *, room: str, starts: datetime, hours: int = 3) -> Any:
    return make_audition.panel(promotion, by, room=room, starts=starts, hours=hours, slots=False)


def _told(seat: PanelSeat, by: User) -> None:
    PanelSeat.objects.filter(pk=seat.pk).update(told_at=NOW())


KINDS = {
    "projects": Kind(
        juror=lambda promotion, by, who: make_hearing.juror(promotion, who=who),
        panel=_hearing_panel,
        seat=lambda panel, juror, by, referent=False: hearings.seat_juror(
            panel, juror=juror, by=by, at=NOW(), referent=referent
        ),
        unseat=lambda seat, by: hearings.unseat_juror(seat, by=by, at=NOW()),
        refer=lambda seat, by: hearings.name_referent(seat, by=by, at=NOW()),
        tell=lambda seat, by: announce_hearings(seat.group.promotion, by=by, at=NOW()) and None,
        seats=HearingSeat,
        jurors=HearingJuror,
        dismiss="projects:staff_project_juror_dismiss",
    ),
    "auditions": Kind(
        juror=make_audition.juror,
        panel=_audition_panel,
        seat=lambda panel, juror, by, referent=False: auditions.seat_juror(
            panel, juror=juror, by=by, at=NOW(), referent=referent
        ),
        unseat=lambda seat, by: auditions.unseat_juror(seat.panel, juror=seat.juror, by=by, at=NOW()),
        refer=lambda seat, by: auditions.name_referent(seat.panel, juror=seat.juror, by=by, at=NOW()),
        tell=_told,
        seats=PanelSeat,
        jurors=AuditionJuror,
        dismiss="interviews:juror_dismiss",
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


def test_whoever_was_told_they_sit_is_told_they_do_not(kind: Kind, promotion: Promotion, diane: User) -> None:
    told, untold = (kind.juror(promotion, diane, person("Jo", name)) for name in ("Un", "Deux"))
    panel = kind.panel(promotion, diane, room="Salle 1", starts=morning())
    seat = kind.seat(panel, told, diane)
    kind.tell(seat, diane)
    silent = kind.seat(panel, untold, diane)
    before = Message.objects.count()
    for one in (seat, silent):
        kind.unseat(kind.seats.objects.select_related("juror").get(pk=one.pk), diane)
    [letter] = Message.objects.order_by("pk")[before:]
    assert letter.to_person == told.person
    assert "METHOD:CANCEL" in letter.calendar or "STATUS:CANCELLED" in letter.calendar


def test_whoever_sits_nowhere_leaves_the_list_and_may_apply(
    kind: Kind, promotion: Promotion, claire: User, diane: User
) -> None:
    juror = kind.juror(promotion, diane, claire)
    panel = kind.panel(promotion, diane, room="Salle 1", starts=morning())
    seat = kind.seat(panel, juror, diane)
    browser = signed_in(diane)
    page = browser.post(reverse(kind.dismiss, args=[promotion.code, juror.code]), follow=True)
    assert "siège dans un jury : retirez d’abord cette personne de ses jurys" in page.text
    assert judges(claire, promotion)
    kind.unseat(kind.seats.objects.select_related("juror").get(pk=seat.pk), diane)
    page = browser.post(reverse(kind.dismiss, args=[promotion.code, juror.code]), follow=True)
    assert "Claire Colin ne fait plus partie des jurys" in page.text
    assert not kind.jurors.objects.exists()
    assert not judges(claire, promotion)


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
