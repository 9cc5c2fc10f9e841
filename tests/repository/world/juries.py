"""Project juries of `here`: Claire sits and holds the pen; Gaëlle sits in another one."""

from datetime import timedelta

from django.utils import timezone

from eig.promotions.models import Phase
from journey.actions.calendar import extend_phase
from projects.actions import accept_proposal, propose_position, refuse_eligibility
from projects.actions.hearing import clear_hearing, save_hearing, sign_hearing
from projects.actions.jury import cancel_hearing, change_group, seat_juror, unseat_juror
from projects.actions.plan import announce_hearings
from tests.factories import hearings as make
from tests.factories import projects as make_project
from tests.repository.world.building import CANARIES, World


def add_project_juries(world: World) -> None:
    """One project is to be heard, another was: its grid is signed, only the jury and the team read it."""
    now, of, here = timezone.now(), world.of, world.here
    of.project_juror = make.juror(here, who=world.claire, kind="dinum")
    aside = make.juror(here, who=world.gaelle, kind="outside")
    of.jury = make.group(here, room="Salle Monge", members=4, referent=of.project_juror)
    of.hearing_half_day, *_ = make.half_days(here, world.diane)
    of.empty_jury = make.group(here, room="Salle vide")
    of.jury_member = of.jury.seats.order_by("pk")[1].juror
    of.hearing = make.hearing(of.read_project, of=of.jury)
    of.heard = make.hearing(of.judged_project, of=of.jury, rank=1)
    awaited = make_project.eligible(here, title="Le projet attendu", by=world.diane, lead=world.farid)
    of.hearing_to_clear = make.hearing(awaited, of=of.jury, rank=2)
    elsewhere = make.group(here, room="Salle Lagrange", starts=of.jury.during.lower + timedelta(days=1))
    make.hearing(of.other_project, of=elsewhere)
    seat_juror(elsewhere, juror=aside, by=world.diane, at=now)
    announce_hearings(here, by=world.diane, at=now)
    words = {
        "comment": f"Une discussion : {CANARIES['jury']}.",
        "verdict": str(here.grids.get(stage="project_reading").verdicts[0][0]),
    }
    for hearing in (of.hearing, of.heard):
        hearing.refresh_from_db()
        clear_hearing(hearing, by=world.claire, at=now)
        save_hearing(hearing, by=world.claire, at=now, marks=make_project.MARKS, **words)
    sign_hearing(of.heard, by=world.claire, at=of.heard.during.upper)


def add_refusal_and_proposal(world: World) -> None:
    """A project set aside, with its letter; a laureate's profile that waits for an answer."""
    now, of, here = timezone.now(), world.of, world.here
    of.refused_project = make_project.submitted(here, title="Le projet refusé", lead=world.badis)
    refuse_eligibility(of.refused_project, reason="Un motif.", by=world.diane, at=now)
    position = of.laureate_project.positions.order_by("pk")[0]
    of.position_proposal = propose_position(
        position,
        trade=position.trade,
        expertise="Une autre expertise",
        must_have="Python",
        nice_to_have="",
        seats=position.seats,
        by=world.badis,
        at=now,
    )


def juries_change(world: World) -> None:
    """What is told when a plan changes, a profile is answered, a call is extended."""
    of, by = world.of, {"by": world.diane, "at": timezone.now()}
    starts = of.jury.during.lower
    # Hours stay: a project was heard. The room changes, and everyone is told.
    change_group(
        of.jury,
        name=of.jury.name,
        room="Salle Germain",
        link="https://visio.example/jury",
        starts=starts,
        ends=of.jury.during.upper,
        **by,
    )
    announce_hearings(world.here, **by)
    unseat_juror(of.jury.seats.get(juror=of.jury_member), **by)
    cancel_hearing(of.hearing_to_clear, **by)
    accept_proposal(of.position_proposal, **by)
    phase = Phase.objects.get(promotion=world.here, kind="projects")
    extend_phase(phase, closes_at=phase.closes_at + timedelta(days=2), reason="Des ponts.", **by)
