"""Every letter, written by the deed that sends it: a subject, a greeting, a link, a signature, no gap."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from candidates import actions as candidates
from candidates.choices import Outcome
from cohorts.actions import send_digest
from cohorts.rules import week_of
from eig.listing.actions import apply_bulk
from eig.mail.models import Message
from eig.mail.outbox import SUBJECT_LIMIT
from eig.mail.relay import as_mime
from eig.orders.actions import confirm_order
from eig.waves.actions import move_wave
from journey.actions.deadlines import close_drafts
from journey.actions.invitations import invite_by_mail
from journey.reminders import remind
from journey.tasks import verify_journal
from matching.interviews import actions as interviews
from matching.interviews.actions.timetable import publish_week
from matching.ranking import actions as rankings
from matching.teams import actions as teams
from privacy.actions import ask_copy, erase_person, make_next_copy
from privacy.emails import purge_announced
from privacy.models import PurgeNotice
from privacy.queries.ending import terms
from projects import actions as projects
from projects.choices import Outcome as ProjectOutcome
from tests.factories import candidates as people
from tests.factories import projects as proposals
from tests.factories.teams import overdue
from tests.french import mail_faults
from tests.people import person
from tests.repository.test_templates import EMAILS, LETTERS
from tests.repository.world import World
from tests.repository.world.front import front_is_written
from tests.repository.world.juries import juries_change

KINDS = {str(path.relative_to(EMAILS).with_suffix("")) for path in LETTERS}
GAPS = {
    "unrendered": r"{{|{%|{#|%}|}}",
    "nothing where a value was due": r"\bNone\b|\bFalse\b|\[\]|\(\s*\)|«\s*»|datetime|object at 0x",
    "a word missing": r" ,| \.(?!\w)|,,|(?<=\S)  +\S",
    "escaped for HTML": r"&(#x27|#39|amp|quot|lt|gt);",
    "a straight apostrophe": r"\w'\w",
    "two empty lines": r"\n\s*\n\s*\n",
    "an address without its site": r"(?<![\w/:.])/(?:projets|candidatures|voeux|missions|equipes)/",
}


def everything_is_written(world: World) -> None:
    """The deeds of the world have written most letters; these write the others."""
    now, of, by = timezone.now(), world.of, {"by": world.diane, "at": timezone.now()}
    corrections_end(world)
    front_is_written(world)
    juries_change(world)
    projects.refuse_eligibility(of.submitted_project, reason="Un cofinancement indirect", **by)
    projects.withdraw_project(of.laureate_project, by=world.badis, at=now)
    proposals.decide(of.read_project, ProjectOutcome.RESERVE)
    candidates.restore_eligibility(of.ineligible_application, reason="Contrat terminé", **by)
    candidates.withdraw_application_record(of.draft_application, by=world.ariane, at=now)
    waiting = of.waiting_application
    candidates.withdraw_application_record(waiting, by=waiting.candidate, at=now)
    for outcome in Outcome:
        application = people.read_twice(people.submitted(world.here))
        people.decided(world.here, application, outcome=outcome, staff=(world.diane, world.denis))
    reader = application.reviews.order_by("pk").first().reader
    application.refresh_from_db()
    candidates.recuse_reader(application, person=reader, reason="Un lien découvert", **by)
    move_wave(of.project_wave, title="Lauréats", publishes_at=now + timedelta(days=9), by=world.denis, at=now)
    publish_week(world.here, **by)
    confirm_order(of.order, **by)
    apply_bulk(of.bulk, **by)
    candidates.join_pool(
        of.ineligible_application,
        until=now.date() + timedelta(days=30),
        consents=True,
        by=of.ineligible_application.candidate,
        at=now,
    )
    candidates.tell_pool(world.soon, **by)
    rankings.invite_to_rank(world.here, **by)
    rankings.drop_withdrawn_project(of.wished[3], **by)
    hours = {"starts": of.panel.during.lower, "ends": of.panel.during.upper}
    interviews.change_panel(of.panel, name="Jury A", room="Salle Ada", link="", **hours, **by)
    interviews.cancel_audition(of.other_audition, reason="Le défi est retiré", **by)
    of.proposal.refresh_from_db()
    interviews.withdraw_proposal(of.proposal, **by)
    asked = interviews.propose_audition(of.application, project=of.wished[3], **by)
    remind(world.here, now=asked.expires_at - timedelta(hours=2))
    interviews.accept_proposal(asked, by=world.alice)
    remind(world.here, now=of.audition.during.lower - timedelta(hours=1))
    rankings.announce_change(of.wished[2], words="Le poste est désormais à Lyon.", **by)
    of.certified_ranking.refresh_from_db()
    rankings.adjust_wishes(
        of.certified_ranking, projects=of.wished[:3], version=of.certified_ranking.version, by=world.amelie
    )
    teams.decline_offer(of.offer, by=of.offer.application.candidate)
    teams.cancel_offers(of.other_offer.application, **by)
    freed = teams.offer_to_next(of.other_team.project, **by)
    invite_by_mail("nouvelle@exemple.example", purpose="staff", subject="", **by)
    send_digest(world.there, week=week_of(now), at=now)
    closing = world.here.phases.get(kind="ranking").closes_at
    remind(world.here, now=closing - timedelta(minutes=30))
    people.draft(world.here)
    remind(world.here, now=closing - timedelta(minutes=30))
    remind(world.there, now=freed.expires_at - timedelta(minutes=30))
    overdue(freed)
    teams.expire_offers(at=now)
    verify_journal()


def corrections_end(world: World) -> None:
    """One is sent, one is taken back, one is left; two drafts outlive their calls."""
    now, of, by = timezone.now(), world.of, {"by": world.diane, "at": timezone.now()}
    projects.answer_project_correction(of.correction, message="Voici le complément.", by=world.badis)
    candidates.cancel_application_correction(of.completion, **by)
    again = {"questions": ["motivation"], "reason": "Précisez.", "due_at": now + timedelta(days=1), **by}
    late = candidates.ask_application_correction(of.submitted_application, **again)
    type(late).objects.filter(pk=late.pk).update(due_at=now - timedelta(seconds=1))
    candidates.expire_application_corrections()
    people.draft(world.here)
    closing = max(phase.closes_at for phase in world.here.phases.all())
    close_drafts(world.here, now=closing + timedelta(minutes=1))


def people_ask_for_their_data(world: World) -> None:
    """A copy is ready, an end is announced, somebody leaves for good."""
    now = timezone.now()
    ask_copy(world.emile, at=now)
    make_next_copy(clock=lambda: now)
    term = next(term for term in terms(at=now) if term.clock.person)
    notice = PurgeNotice.objects.create(
        clock=term.clock.code,
        record_type="accounts.user",
        record_id=world.emile.pk,
        started_on=now.date(),
        person=world.emile,
        told_on=now.date(),
        due_on=now.date() + timedelta(days=30),
    )
    purge_announced(notice, clock=term.clock, at=now)
    erase_person(person("Colette", "Quitteuse"), at=now)


@pytest.fixture
def letters(world: World) -> list[Message]:
    everything_is_written(world)
    people_ask_for_their_data(world)
    return list(Message.objects.exclude(kind="account").order_by("pk"))


def wrong(letters: list[Message], is_wrong: Callable[[Message], object]) -> list[str]:
    return sorted({letter.kind for letter in letters if is_wrong(letter)})


def test_every_letter_is_in_order(letters: list[Message]) -> None:
    """One world, all the questions: making it costs more than asking."""
    assert KINDS - {letter.kind for letter in letters} == set()
    assert wrong(letters, lambda letter: not 0 < len(letter.subject) <= SUBJECT_LIMIT) == []
    assert wrong(letters, lambda letter: "\n" in letter.subject) == []
    # Subjects are in lists, in logs of relays and on locked screens: no code, no secret of a link.
    assert wrong(letters, lambda letter: re.search(r"\b\d{6}\b|[\w-]{20,}", letter.subject)) == []
    assert wrong(letters, lambda letter: not letter.body.startswith("Bonjour")) == []
    assert wrong(letters, lambda letter: f"{settings.SITE_URL}/" not in letter.body) == []
    assert (
        wrong(letters, lambda letter: "L’équipe Entrepreneurs d’intérêt général" not in letter.body[-60:])
        == []
    )
    for gap, pattern in GAPS.items():
        found = {
            f"{letter.kind}: …{match[0]!r}…"
            for letter in letters
            if (
                match := re.search(
                    rf".{{0,30}}(?:{pattern}).{{0,20}}", f"{letter.subject}\n{letter.body}", re.DOTALL
                )
            )
        }
        assert found == set(), gap
    assert wrong(letters, lambda letter: len(letter.body) > 6000) == []
    said = {f"{letter.kind}: {fault}" for letter in letters for fault in mail_faults(as_mime(letter))}
    assert said == set()
