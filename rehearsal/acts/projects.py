"""Act 1: 29 administrations propose, the team checks, readers score, 14 défis are published."""

from datetime import datetime, timedelta
from functools import partial

from eig.accounts.models import User
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.evaluation.actions import declare_no_conflict, sign_review
from eig.evaluation.choices import SheetStatus, Stage
from eig.waves.actions import prepare_wave, propose_decision, publish_wave
from projects.actions import (
    accept_eligibility,
    ask_brochure,
    check_eligibility,
    describe_project,
    hand_out_readings,
    publish_projects,
    recuse_reader,
    refuse_eligibility,
    save_project_section,
    start_project,
    submit_project,
)
from projects.actions.decision import WAVES
from projects.choices import Outcome, Status
from projects.models import Project, Review
from rehearsal.acts.front import give_visas
from rehearsal.agreeing import agree
from rehearsal.corpus import Project as Script
from rehearsal.corpus import load_projects, project_marks
from rehearsal.saying import said
from rehearsal.world import World, appoint_readers, new_person, theme_label, whole_form

OUTCOMES = {"kept": Outcome.LAUREATE, "reserve": Outcome.RESERVE, "declined": Outcome.DECLINED}
KEPT_REASON = (
    "Le besoin est réel, l’équipe est prête, et la question reste assez ouverte pour que dix mois de travail "
    "apprennent quelque chose."
)
# Two colleagues began a dossier and let the date pass.
LEFT_IN_DRAFT = (
    ("Marion", "Tessier", "Cartographier les friches communales"),
    ("Yann", "Kervella", "Le carnet de bord des inspecteurs du travail"),
)


class Projects:
    def __init__(self, world: World) -> None:
        self.world = world
        self.scripts = {script.name: script for script in load_projects(years=world.years)}
        self.by_key: dict[str, Project] = {}
        self.leads: dict[str, User] = {}

    def plan(self) -> None:
        world, add = self.world, self.world.timeline.add
        call = world.phases["projects"]
        for script in self.scripts.values():
            started = world.between(call.opens_at, call.closes_at - timedelta(days=4))
            add(started, "un projet commence", partial(self.start, script))
            submitted = world.between(started + timedelta(days=1), call.closes_at, lean=0.4)
            visas = max(started, submitted - timedelta(hours=20))
            add(visas, "les visas sont donnés", partial(self.give_visas, script))
            add(submitted, "un projet est déposé", partial(self.submit, script))
        for first, last, title in LEFT_IN_DRAFT:
            begun = world.between(call.closes_at - timedelta(days=9), call.closes_at)
            add(begun, "un brouillon reste", partial(self.leave_draft, first, last, title))
        add(world.day(2022, 3, 14, 9), "les lecteurs sont nommés", self.appoint)
        add(world.day(2022, 3, 21, 14), "la recevabilité est examinée", self.examine)
        add(world.day(2022, 3, 22, 10), "les lectures sont distribuées", self.hand_out)
        add(world.day(2022, 4, 1, 17), "les décisions sont préparées", self.prepare)
        add(world.day(2022, 4, 4, 9, 30), "les décisions sont validées", self.validate)
        add(world.day(2022, 4, 6, 10), "les décisions sont publiées", self.publish)
        add(world.phases["reveal"].opens_at, "les défis sont publiés", world.led(publish_projects))
        printed = world.phases["reveal"].opens_at + timedelta(minutes=20)
        add(printed, "la brochure est demandée", world.led(ask_brochure))

    def start(self, script: Script, at: datetime) -> None:
        contact = script.lead.person
        lead = new_person(contact.first_name, contact.last_name, contact.email, at=at)
        self.leads[script.key] = lead
        project = start_project(self.world.promotion, title=script.name, by=lead, at=at)
        section = whole_form(form_of(self.world.promotion, FormKind.PROJECT))
        self.by_key[script.key] = save_project_section(
            project, section=section, answers=script.answers, version=project.version, by=lead, at=at
        )

    def give_visas(self, script: Script, at: datetime) -> None:
        lead = self.leads[script.key]
        give_visas(self.by_key[script.key], script.answers, by=lead, at=at)

    def submit(self, script: Script, at: datetime) -> None:
        submit_project(self.by_key[script.key], by=self.leads[script.key])

    def leave_draft(self, first: str, last: str, title: str, at: datetime) -> None:
        email = f"{first}.{last}@administration.example"
        lead = new_person(first, last, email, at=at)
        start_project(self.world.promotion, title=title, by=lead, at=at)

    def appoint(self, at: datetime) -> None:
        appoint_readers(self.world, "project", stage=Stage.PROJECT_READING, at=at)

    def _with(self, *statuses: str) -> list[Project]:
        rows = Project.objects.filter(promotion=self.world.promotion, status__in=statuses)
        return list(rows.select_related("promotion").order_by("submitted_at", "pk"))

    def examine(self, at: datetime) -> None:
        for project in self._with(Status.SUBMITTED):
            script = self.scripts[project.title]
            self.check(project, set_aside=script.outcome == "ineligible", at=at)
            if script.outcome == "ineligible":
                refuse_eligibility(project, reason=script.outcome_reason, by=self.world.lead, at=at)
            else:
                accept_eligibility(project, by=self.world.lead, at=at)

    def check(self, project: Project, *, set_aside: bool, at: datetime) -> None:
        """Every condition of the promotion is met, but for the money of a project that is set aside."""
        codes = [str(item["code"]) for item in project.promotion.project_conditions]
        answers = {code: (not (set_aside and code == "financing"), "") for code in codes}
        check_eligibility(project, answers=answers, by=self.world.lead, at=at)

    def hand_out(self, at: datetime) -> None:
        hand_out_readings(self.world.promotion, by=self.world.lead, at=at)
        first = Review.objects.filter(project__promotion=self.world.promotion).order_by("pk")[0]
        recuse_reader(
            first.project,
            person=first.reader,
            reason="A travaillé avec la direction porteuse",
            by=first.reader,
            at=at,
        )
        hand_out_readings(self.world.promotion, by=self.world.lead, at=at)
        reviews = Review.objects.filter(
            project__promotion=self.world.promotion, sheet__status=SheetStatus.DRAFT
        )
        end = self.world.day(2022, 3, 31, 18)
        for review in reviews.order_by("pk"):
            moment = self.world.between(at + timedelta(hours=2), end)
            self.world.timeline.add(moment, "un projet est lu", partial(self.read, review.pk))

    def read(self, pk: int, at: datetime) -> None:
        review = Review.objects.select_related("project__promotion", "reader", "sheet").get(pk=pk)
        script = self.scripts[review.project.title]
        declare_no_conflict(review, by=review.reader, at=at)
        rank = Review.objects.filter(project=review.project, pk__lt=pk).count()
        criteria = self.world.criteria(Stage.PROJECT_READING)
        marks = project_marks(script, reader=rank, criteria=criteria)
        words = said("project_reading", marks, key=f"{script.key}/{rank}", middle="reserved")
        sign_review(review, by=review.reader, at=at, marks=marks, **words)

    def prepare(self, at: datetime) -> None:
        wave = prepare_wave(
            self.world.promotion,
            kind=WAVES,
            title="Sélection des projets",
            publishes_at=self.world.day(2022, 4, 6, 10),
            by=self.world.lead,
            at=at,
        )
        for project in self._with(Status.ELIGIBLE):
            script = self.scripts[project.title]
            propose_decision(
                project,
                wave=wave,
                outcome=OUTCOMES[script.outcome],
                reason=script.outcome_reason
                or "Le jury a apprécié la solidité du dossier sur les critères publiés.",
                by=self.world.lead,
                at=at,
            )
        self.wave = wave

    def validate(self, at: datetime) -> None:
        agree(self.wave, by=self.world.second, at=at)

    def publish(self, at: datetime) -> None:
        self.wave.refresh_from_db()
        publish_wave(self.wave, at=at)
        for key, script in ((s.key, s) for s in self.scripts.values() if s.outcome == "kept"):
            moment = self.world.between(at + timedelta(days=5), self.world.day(2022, 5, 6, 18))
            self.world.timeline.add(moment, "un défi est décrit", partial(self.describe, key, script))

    def describe(self, key: str, script: Script, at: datetime) -> None:
        project = Project.objects.select_related("promotion").get(pk=self.by_key[key].pk)
        answers = script.answers
        describe_project(
            project,
            title=script.public_name,
            tagline=script.tagline,
            body=[
                {"title": "Le problème", "text": "\n\n".join(script.summary)},
                {"title": "Ce que nous voulons essayer", "text": str(answers["hypothesis"])},
                {"title": "L’équipe recherchée", "text": script.team_sought},
                {"title": "L’environnement de travail", "text": str(answers["work_environment"])},
            ],
            by=self.leads[key],
            at=at,
            administration_name=script.operator.name,
            town=script.operator.town,
            themes=[theme_label(code) for code in script.themes],
        )
