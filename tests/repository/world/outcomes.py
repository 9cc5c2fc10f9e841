"""Steps 3 to 6: wishes and auditions of `here`, signed teams of `soon`, offers and cohort of `there`."""

from datetime import time, timedelta

from django.utils import timezone

from candidates.models import Application
from cohorts import actions as cohorts
from cohorts.models import Member
from cohorts.rules import week_of
from eig.accounts.queries import token_hash
from matching.interviews import actions as interviews
from matching.interviews.actions.answer import declare_tie, invite_to_sit, set_availability
from matching.interviews.actions.day_pass import send_day_code, send_day_passes
from matching.interviews.actions.minutes import freeze_minutes, write_opinion
from matching.interviews.actions.plan import ask_plan
from matching.interviews.actions.week import add_half_days
from matching.interviews.models import DayPass, Juror, JuryInvitation
from matching.interviews.queries.week import half_days_of
from matching.ranking.choices import Cause
from matching.ranking.models import Adjustment
from matching.teams import actions as teams
from matching.teams.choices import DirectiveKind
from matching.teams.models import Offer, Scenario
from tests.factories import interviews as juries
from tests.factories import teams as markets
from tests.factories.cohorts import bulletin, completed
from tests.factories.ranking import ranking
from tests.people import phase
from tests.repository.world.building import CANARIES, World
from tests.repository.world.proposals import lead


def add_rankings(world: World) -> None:
    of = world.of
    of.ranking = ranking(of.application, of.wished[:3])
    of.certified_ranking = ranking(of.heard_application, of.wished, certified=True)
    of.other_ranking = ranking(of.other_application, of.wished[1:], certified=True)
    now = timezone.now()
    Adjustment.objects.create(
        ranking=of.certified_ranking, project=of.wished[3], cause=Cause.CHANGED, position=4, opened_at=now,
        words="Le poste est désormais à Lyon.", until=now + timedelta(days=3),
    )  # fmt: skip


def add_auditions(world: World) -> None:
    """Amélie is placed with Claire's jury, was heard by another; Camille is heard where Gaëlle sits."""
    of, by = world.of, world.diane
    claire, second, third = (juries.juror(world.here, by, who) for who in (world.claire, None, None))
    of.juror, of.second_juror = claire, second
    of.other_juror = juries.juror(world.here, by, world.gaelle)
    interviews.recuse_juror(
        of.other_juror,
        application=of.heard_application,
        reason="Ancienne collègue",
        by=world.gaelle,
        at=timezone.now(),
    )
    of.panel = juries.panel(world.here, by, [claire, second])
    of.audition = juries.placed(of.heard_application, of.wished[0], by, of.panel, told=True)
    of.card = juries.card(of.audition, claire)
    over = juries.panel(world.here, by, [second, claire], room="Salle 2", starts=juries.morning(-2))
    of.heard_audition = juries.placed(of.heard_application, of.wished[1], by, over)
    of.signed_card = juries.signed(of.heard_audition, claire)
    of.unsigned_card = juries.card(of.heard_audition, second)
    _write(of.unsigned_card)
    of.other_panel = juries.panel(world.here, by, [of.other_juror, third], room="Salle 3")
    of.other_audition = juries.placed(of.other_application, of.wished[2], by, of.other_panel, told=True)
    of.other_card = juries.card(of.other_audition, of.other_juror)
    of.planned_audition = juries.planned(of.other_application, of.wished[3], by)
    now = timezone.now()
    interviews.invite_to_choose(world.here, until=now + timedelta(days=3), by=by, at=now)
    of.proposal = interviews.propose_audition(of.application, project=of.wished[3], by=by, at=now)
    of.empty_panel = juries.panel(world.here, by, room="Salle 4", slots=False)
    _add_minutes(world, claire, second)
    _add_week(world)
    of.foreign_juror = juries.juror(world.soon, by, world.gaelle)
    of.foreign_panel = juries.panel(world.soon, by, [of.foreign_juror])


def _add_minutes(world: World, claire: Juror, second: Juror) -> None:
    """A panel that is over, with its minutes to sign; an outside juror's link for today."""
    of, by, now = world.of, world.diane, timezone.now()
    of.settled_panel = juries.panel(
        world.here, by, [second, claire], room="Salle 5", starts=juries.morning(-3)
    )
    of.settled_audition = juries.placed(of.heard_application, of.wished[2], by, of.settled_panel)
    for juror in (claire, second):
        juries.signed(of.settled_audition, juror)
    write_opinion(of.settled_audition, text="Un avis partagé.", by=second.person, at=now)
    of.minutes = freeze_minutes(of.settled_panel, by=second.person, at=now)
    of.day_token = "un-jeton-pour-la-visite"
    today = DayPass.objects.create(
        juror=second,
        day=timezone.localdate(),
        token_hash=token_hash(of.day_token),
        sent_at=now,
        opens_at=now - timedelta(hours=1),
        expires_at=now + timedelta(days=1),
    )
    send_day_code(today, at=now)
    day = timezone.localtime(of.panel.during.lower).date()
    send_day_passes(world.here, day=day, by=by, at=now, jurors=[claire])


def _add_week(world: World) -> None:
    """Half-days ahead, a juror asked who comes, a tie to a project, a timetable waiting for the worker."""
    of, by, now = world.of, world.diane, timezone.now()
    of.free_slot = juries.free_slot(of.panel)
    days = [juries.morning(number).date() for number in (20, 21)]
    add_half_days(world.here, days=days, hours=[(time(9), time(12))], by=by, at=now)
    of.half_day, *_ = half_days_of(world.here)
    invitation = invite_to_sit(of.second_juror, half_days=2, by=by, at=now)
    of.jury_token = "un-jeton-pour-le-jury"
    JuryInvitation.objects.filter(pk=invitation.pk).update(token_hash=token_hash(of.jury_token))
    set_availability(of.juror, half_days=half_days_of(world.here), most=2, by=by, at=now)
    of.tie = declare_tie(of.juror, project=of.wished[3], reason="Ancienne collègue", by=by, at=now)
    of.plan = ask_plan(world.here, kind="week", by=by, at=now)


def _write(card: object) -> None:
    interviews.save_scorecard(
        card,
        by=card.juror.person,
        at=timezone.now(),
        marks=juries.marks(card.audition.promotion),
        comment=f"Un avis : {CANARIES['card']}.",
        verdict="favourable",
    )


def add_scenarios(world: World) -> None:
    """In `soon`, a scenario of each kind, nothing announced."""
    of, by, soon = world.of, world.diane, world.soon
    found = markets.market(soon)
    of.embargoed_application = found["anna"]
    of.computed_scenario = markets.computed(soon, by=by)
    of.second_scenario = markets.computed(soon, by=by, name="Sans minimum", enforce=False)
    of.signed_scenario = markets.computed(soon, by=by, name="Signé")
    teams.sign_scenario(of.signed_scenario, by=by, at=timezone.now())
    of.draft_scenario = teams.create_scenario(soon, name="Brouillon", by=by, at=timezone.now())
    teams.add_directive(
        of.draft_scenario, kind=DirectiveKind.FORBID, application=found["cora"], project=found["sea"],
        reason="Un lien de famille", by=by, at=timezone.now(),
    )  # fmt: skip
    of.directive = {"application": found["cora"].number, "project": found["sea"].number}
    of.scenario_elsewhere = teams.create_scenario(world.here, name="D’ailleurs", by=by, at=timezone.now())


def add_cohort(world: World) -> None:
    """In `there`, offers in each state, two teams at work, a mission that is over."""
    now, of, there, by = timezone.now(), world.of, world.there, world.diane
    phase(there, "mission", opens=now - timedelta(days=60), closes=now + timedelta(days=240))
    found = markets.market(there)
    for key, who in (("sea", world.badis), ("forest", world.farid)):
        lead(found[key], who)
    offers = {offer.application_id: offer for offer in markets.published(there, by=by)}
    anna, basile, dora, denis = (offers[found[name].pk] for name in ("anna", "basile", "dora", "denis"))
    for offer in (anna, basile, dora):
        teams.accept_offer(offer, by=offer.application.candidate)
    cohorts.welcome_teams(there, by=by, at=now - timedelta(days=55))
    of.published_scenario = Scenario.objects.get(promotion=there, status="published")
    of.offer, of.other_offer, of.accepted_offer = denis, basile, anna
    of.result_application = Application.objects.get(pk=found["cora"].pk)
    of.member, of.other_member = _member(anna), _member(basile)
    of.team, of.other_team = of.member.team, of.other_member.team
    for team, member, word in (
        (of.team, of.member, CANARIES["bulletin"]),
        (of.other_team, of.other_member, "Rien"),
    ):
        bulletin(team, by=member.person, week=week_of(now), at=now, help=word)
    of.former_member = completed(_member(dora), by=by)
    cohorts.ask_certificate(of.former_member, by=by, at=now)
    of.former_project = found["sea"]
    of.companion = {"email": world.badis.email, "role": of.team.companions.get(person=world.badis).role}


def _member(offer: Offer) -> Member:
    return Member.objects.select_related("team__project", "person", "promotion").get(offer=offer)
