"""Act 2: 300 people apply, two readers score without names, a third when they differ; 103 go on."""

from datetime import datetime, timedelta
from functools import partial

from candidates.actions import (
    add_attachment,
    hand_out_readings,
    propose_decisions,
    save_application_section,
    start_application,
    submit_application,
)
from candidates.actions.decision import WAVES
from candidates.choices import Status as ApplicationStatus
from candidates.models import Application, Review
from eig.accounts.models import User
from eig.documents.files import keep_bytes
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import SectionView
from eig.evaluation.actions import declare_no_conflict, sign_review
from eig.evaluation.choices import SheetStatus, Stage
from eig.waves.actions import prepare_wave, publish_wave
from journey.actions.withdrawal import withdraw_application
from rehearsal.agreeing import agree
from rehearsal.corpus import Candidacy, application_marks, cv_sections, generate_applications, generate_drafts
from rehearsal.cv import cv_pdf, cv_text
from rehearsal.saying import said
from rehearsal.world import World, appoint_readers, new_person, whole_form

WITHDRAWN = 3


class Candidates:
    def __init__(self, world: World, *, fewer: int = 0) -> None:
        self.world = world
        scripts = generate_applications(years=world.years)
        # Whoever is shortlisted, and those whose readers differ, always apply.
        plain = [script.key for script in scripts if not (script.is_strong or script.is_disputed)]
        left_out = set(plain[max(len(plain) - fewer, 0) :])
        self.scripts = {script.key: script for script in scripts if script.key not in left_out}
        self.applications: dict[str, Application] = {}
        self.people: dict[str, User] = {}
        self.keys: dict[int, str] = {}
        self._section: SectionView | None = None

    def plan(self) -> None:
        world, add = self.world, self.world.timeline.add
        call = world.phases["applications"]
        for script in self.scripts.values():
            started = world.between(call.opens_at, call.closes_at - timedelta(hours=30))
            add(started, "une candidature commence", partial(self.start, script))
            submitted = world.between(started + timedelta(hours=3), call.closes_at, lean=0.5)
            add(submitted, "une candidature est déposée", partial(self.submit, script))
        for script in generate_drafts(years=world.years):
            begun = world.between(call.opens_at, call.closes_at)
            add(begun, "un brouillon reste", partial(self.start, script))
        leaving = [script for script in self.scripts.values() if not script.is_strong]
        for script in leaving[:: min(60, len(leaving) // WITHDRAWN)][:WITHDRAWN]:
            add(world.day(2022, 4, 20, 9), "une candidature est retirée", partial(self.withdraw, script))
        add(world.day(2022, 4, 19, 9), "les lecteurs sont nommés", self.appoint)
        add(world.day(2022, 4, 20, 11), "les lectures sont distribuées", self.hand_out)
        for day in (2, 4):
            add(world.day(2022, 5, day, 9), "les troisièmes lectures sont distribuées", self.hand_out)
        add(world.day(2022, 5, 6, 9), "les décisions sont préparées", self.prepare)
        add(world.day(2022, 5, 6, 16), "les décisions sont validées", self.validate)
        add(world.day(2022, 5, 9, 9, 30), "les décisions sont publiées", self.publish)

    def section(self) -> SectionView:
        if self._section is None:
            self._section = whole_form(form_of(self.world.promotion, FormKind.APPLICATION))
        return self._section

    def start(self, script: Candidacy, at: datetime) -> None:
        one = script.person
        person = new_person(one.first_name, one.last_name, one.email, at=at)
        application = start_application(self.world.promotion, by=person, at=at)
        application = save_application_section(
            application,
            section=self.section(),
            answers=script.answers,
            version=application.version,
            by=person,
            at=at,
        )
        if script.key in self.scripts:
            sections = cv_sections(script)
            document = keep_bytes(
                cv_pdf(one.full_name, sections),
                name=f"CV {one.full_name}.pdf",
                media_type="application/pdf",
                owner=person,
                at=at,
                text=cv_text(one.full_name, sections),
            )
            add_attachment(application, question="cv", document=document, by=person, at=at)
        self.people[script.key], self.applications[script.key] = person, application
        self.keys[application.pk] = script.key

    def submit(self, script: Candidacy, at: datetime) -> None:
        submit_application(self.applications[script.key], by=self.people[script.key])

    def withdraw(self, script: Candidacy, at: datetime) -> None:
        application = Application.objects.get(pk=self.applications[script.key].pk)
        withdraw_application(application, by=self.people[script.key], at=at)

    def appoint(self, at: datetime) -> None:
        readers = appoint_readers(self.world, "application", stage=Stage.APPLICATION_READING, at=at)
        self.world.jurors.update(readers)

    def hand_out(self, at: datetime) -> None:
        before = set(Review.objects.values_list("pk", flat=True))
        hand_out_readings(self.world.promotion, by=self.world.lead, at=at)
        end = at + timedelta(days=8 if at < self.world.day(2022, 4, 25) else 1, hours=6)
        for pk in (
            Review.objects.filter(
                application__promotion=self.world.promotion, sheet__status=SheetStatus.DRAFT
            )
            .exclude(pk__in=before)
            .order_by("pk")
            .values_list("pk", flat=True)
        ):
            moment = self.world.between(at + timedelta(hours=1), end)
            self.world.timeline.add(moment, "une candidature est lue", partial(self.read, pk))

    def read(self, pk: int, at: datetime) -> None:
        review = Review.objects.select_related("application__promotion", "reader", "sheet").get(pk=pk)
        if review.application.status != ApplicationStatus.SUBMITTED:
            return
        script = self.scripts[self.keys[review.application_id]]
        declare_no_conflict(review, by=review.reader, at=at)
        rank = Review.objects.filter(
            application_id=review.application_id, pk__lt=pk, calibration=False
        ).count()
        marks = application_marks(
            script, reader=rank, criteria=self.world.criteria(Stage.APPLICATION_READING)
        )
        words = said("application_reading", marks, key=f"{script.key}/{rank}")
        sign_review(review, by=review.reader, at=at, marks=marks, **words)

    def prepare(self, at: datetime) -> None:
        self.wave = prepare_wave(
            self.world.promotion,
            kind=WAVES,
            title="Présélection des candidatures",
            publishes_at=self.world.day(2022, 5, 9, 9, 30),
            by=self.world.lead,
            at=at,
        )
        kept = [self.applications[key].pk for key, script in self.scripts.items() if script.is_strong]
        propose_decisions(self.wave, kept=kept, by=self.world.lead, at=at)

    def validate(self, at: datetime) -> None:
        agree(self.wave, by=self.world.second, at=at)

    def publish(self, at: datetime) -> None:
        self.wave.refresh_from_db()
        publish_wave(self.wave, at=at)
