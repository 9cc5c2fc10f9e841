"""Step 2 of `here`: applications in each state, their readings, their decisions."""

from datetime import timedelta

from django.utils import timezone

from candidates import actions
from candidates.actions.decision import WAVES
from candidates.choices import Outcome
from candidates.models import Application, Calibration, Review
from eig.accounts.models import User
from eig.documents.models import Document, Extract, PageImage
from eig.evaluation.actions import sign_review
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.waves import actions as waves
from tests.factories import candidates as make
from tests.repository.world.building import CANARIES, World


def add_applications(world: World) -> None:
    """A draft, one handed in, and those of the people who are preselected; Camille's are nobody else's."""
    of, here = world.of, world.here
    hers = {"motivation": f"Une envie : {CANARIES['application']}."}
    of.draft_application = make.ready(here, world.ariane)
    of.submitted_application = make.submitted(here, world.damien)
    of.waiting_application = make.submitted(here)
    of.judged_application = make.submitted(here)
    of.ineligible_application = make.submitted(here)
    actions.refuse_eligibility(
        of.ineligible_application, reason="Déjà agent titulaire", by=world.diane, at=timezone.now()
    )
    of.application = make.shortlisted(here, world.alice)
    of.heard_application = make.shortlisted(here, world.amelie)
    of.other_application = make.shortlisted(here, world.camille, **hers)
    of.foreign_application = make.submitted(world.soon, world.camille, **hers)
    of.draft_cv = document_of(of.draft_application)
    of.submitted_cv = document_of(of.submitted_application)
    of.heard_cv = document_of(of.heard_application)
    of.other_cv = document_of(of.other_application)
    for document in (of.draft_cv, of.submitted_cv):
        PageImage.objects.create(document=document, rank=1, data=b"\xff\xd8", width=1, height=1)
        Extract.objects.create(document=document, text="Un parcours.", extracted_at=timezone.now())


def document_of(application: Application) -> Document:
    return application.attachments.get().document


def add_application_readings(world: World) -> None:
    """Claire reads; Gaëlle stepped aside."""
    now, of = timezone.now(), world.of
    for who in (world.claire, world.gaelle):
        make.reader(world.here, who)
    second = make.reader(world.here)
    Calibration.objects.create(promotion=world.here, opened_at=now, opened_by=world.diane)
    of.application_review_to_clear = make.assigned(of.waiting_application, world.claire, cleared=False)
    of.application_review = make.assigned(of.submitted_application, world.claire)
    of.colleague_application_review = make.assigned(of.submitted_application, second)
    _sign(of.colleague_application_review, by=second)
    of.signed_application_review = make.assigned(of.judged_application, world.claire)
    _sign(of.signed_application_review, by=world.claire)
    _sign(make.assigned(of.judged_application, second), by=second)
    for application in (of.submitted_application, of.judged_application, of.waiting_application):
        actions.recuse_reader(
            application, person=world.gaelle, reason="Ancienne collègue", by=world.gaelle, at=now
        )


def _sign(review: Review, *, by: User) -> None:
    grid = grid_of(review.application.promotion, Stage.APPLICATION_READING)
    sign_review(
        review,
        by=by,
        at=timezone.now(),
        marks={criterion.code: 4 for criterion in grid.criteria},
        comment=f"Un avis : {CANARIES['reading']}.",
        verdict="favourable",
    )


def add_application_waves(world: World) -> None:
    """One wave under embargo."""
    of = world.of
    of.application_wave = make.wave(world.here, world.diane, due=False)
    of.judged_application.refresh_from_db()
    waves.propose_decision(
        of.judged_application,
        wave=of.application_wave,
        outcome=Outcome.DECLINED,
        reason=f"Un motif : {CANARIES['decision']}.",
        by=world.diane,
        at=timezone.now(),
    )
    of.foreign_application_wave = waves.prepare_wave(
        world.soon,
        kind=WAVES,
        title="Ailleurs",
        publishes_at=timezone.now() + timedelta(days=1),
        by=world.diane,
        at=timezone.now(),
    )
