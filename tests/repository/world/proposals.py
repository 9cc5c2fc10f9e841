"""Step 1 of `here`: projects in each state, their readings, their decisions."""

from datetime import timedelta

from django.utils import timezone

from eig.accounts.actions import invite
from eig.accounts.models import User
from eig.evaluation.actions import sign_review
from eig.waves import actions as waves
from eig.waves.models import Wave
from projects import actions
from projects.choices import LeadRole, Outcome
from projects.models import Project
from rehearsal.agreeing import agree
from tests.factories import projects as make
from tests.factories.ranking import published_project
from tests.people import person
from tests.repository.world.building import CANARIES, World


def add_projects(world: World) -> None:
    """One project of Badis in each state, and Farid's, which are none of his business."""
    now, of, here = timezone.now(), world.of, world.here
    mine = {"lead": world.badis}
    his = {"lead": world.farid, "motivation": f"Une envie : {CANARIES['project']}."}
    of.draft_project = make.draft(here, title="Le brouillon", **mine)
    of.editor = person("Édith", "Écrit")
    actions.add_editor(of.draft_project, person=of.editor, at=now)
    actions.invite_editor(of.draft_project, email="invitee@exemple.example", by=world.badis, at=now)
    _, of.invitation_token = invite(
        world.emile.email,
        purpose="project-editor",
        subject=str(of.draft_project.code),
        by=world.badis,
        at=now,
    )
    of.reader_invitation, _ = invite(
        "lectrice@exemple.example", purpose="application-reader", subject=here.code, by=world.diane, at=now
    )
    of.submitted_project = make.submitted(here, title="Le projet déposé", **mine)
    of.read_project = make.eligible(here, title="Le projet lu", by=world.diane, **mine)
    of.judged_project = make.eligible(here, title="Le projet jugé", by=world.diane, **mine)
    of.laureate_project = make.described(here, title="Le projet lauréat", **mine)
    of.published_project = make.published(here, title="Le projet publié", **mine)
    of.other_draft = make.draft(here, title="Un autre brouillon", **his)
    of.other_project = make.eligible(here, title="Un autre projet", by=world.diane, **his)
    of.waiting_project = make.eligible(here, title="Un projet à ouvrir", by=world.diane, **his)
    of.other_laureate = make.described(here, title="Un autre lauréat", **his)
    of.wished = [of.published_project, *(published_project(here, f"Défi {name}") for name in "ABC")]
    for project in of.wished[1:]:
        lead(project, world.farid)
    of.past_page = make.past_page(world.past, "Défi passé")
    of.foreign_project = make.submitted(world.soon, title="Un projet d’ailleurs", lead=world.farid)


def add_project_readings(world: World) -> None:
    """Claire reads Badis's projects; Gaëlle reads Farid's, and stepped aside from Badis's."""
    now, of = timezone.now(), world.of
    of.review = make.reading(of.read_project, who=world.claire)
    of.colleague_review = colleague = make.signed_reading(of.read_project)
    of.signed_review = make.reading(of.judged_project, who=world.claire)
    sign_review(
        of.signed_review,
        by=world.claire,
        at=now,
        marks=make.MARKS,
        comment=f"Un avis : {CANARIES['reading']}.",
    )
    make.signed_reading(of.judged_project, who=colleague.reader)
    of.other_review = make.reading(of.other_project, who=world.gaelle)
    of.review_to_clear = make.reading(of.waiting_project, who=world.claire, cleared=False)
    for project in (of.read_project, of.judged_project):
        actions.recuse_reader(
            project, person=world.gaelle, reason="Ancienne collègue", by=world.gaelle, at=now
        )


def add_project_waves(world: World) -> None:
    """One wave in preparation, one validated and not yet published: under embargo."""
    now, of = timezone.now(), world.of
    later = now + timedelta(days=2)
    of.project_wave = make.wave(world.here, by=world.diane, publishes_at=later)
    _propose(of.other_project, of.project_wave, world.diane)
    of.validated_project_wave = make.wave(world.here, by=world.diane, publishes_at=later)
    _propose(of.judged_project, of.validated_project_wave, world.diane)
    agree(of.validated_project_wave, by=world.denis, at=now)
    of.foreign_project_wave = make.wave(world.soon, by=world.diane, publishes_at=later)


def _propose(project: Project, wave: Wave, by: User) -> None:
    reason = f"Un motif : {CANARIES['decision']}."
    waves.propose_decision(
        project, wave=wave, outcome=Outcome.DECLINED, reason=reason, by=by, at=timezone.now()
    )


def lead(project: Project, who: User) -> None:
    """Whoever leads a project that a shorter way has made."""
    project.leads.create(person=who, role=LeadRole.LEAD, since=timezone.now())
