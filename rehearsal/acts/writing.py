"""Acts 1 and 2, between the lines: colleagues write together, the team asks for corrections."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from candidates.actions import answer_application_correction, ask_application_correction
from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from candidates.models import Correction as Completion
from eig.accounts.models import User
from eig.dossiers.actions import Seen
from eig.dossiers.choices import FormKind
from eig.dossiers.models import Correction
from eig.dossiers.pages import opened_section
from eig.dossiers.queries import form_of
from eig.dossiers.views.correction import save_correction
from eig.promotions.rules import end_of_day
from projects.actions import (
    add_editor,
    answer_project_correction,
    ask_project_correction,
    invite_editor,
    save_project_section,
)
from projects.choices import Status
from projects.models import Correction as ProjectCorrection
from projects.models import Project
from rehearsal.world import World, new_person

COLLEAGUES = (("Solène", "Guillemot"), ("Karim", "Haddad"), ("Agathe", "Poirier"), ("Thibault", "Lemoine"))
WRITTEN = "mission"
MORE = (
    " Nous avons relu ce paragraphe avec le service informatique : les chiffres donnés sont ceux de l’année "
    "dernière, et couvrent l’ensemble de nos sites."
)
PROJECT_REASON = (
    "Merci pour ce dossier. Pourriez-vous dire à quelle année se rapportent les chiffres que vous donnez, et "
    "s’ils concernent tous vos sites ? Le reste du dossier est complet."
)
APPLICATION_REASON = (
    "Votre réponse s’arrête au milieu d’une phrase. Pourriez-vous la compléter ? Les lectures commencent "
    "bientôt ; le reste de votre dossier est en ordre."
)


class Writing:
    def __init__(self, world: World) -> None:
        self.world = world

    def plan(self) -> None:
        world, add = self.world, self.world.timeline.add
        # Before and after the week in which the calls are shown.
        for day in (9, 14):
            add(world.day(2022, 3, day, 10), "des collègues écrivent ensemble", self.write_together)
        add(world.day(2022, 3, 21, 16), "des corrections sont demandées", self.ask_projects)
        add(world.day(2022, 4, 22, 15), "des compléments sont demandés", self.ask_candidates)

    # --- Several hands ---

    def write_together(self, at: datetime) -> None:
        """A colleague shortens a text, the lead takes the full one back: the history shows both."""
        drafts = Project.objects.filter(promotion=self.world.promotion, status=Status.DRAFT)
        alone = drafts.filter(answers__has_key=WRITTEN).exclude(leads__role="editor").order_by("pk")
        for (first, last), project in zip(COLLEAGUES, alone[:2], strict=False):
            self._share(project, f"{first} {at.day}", last, at)

    def _share(self, project: Project, first: str, last: str, at: datetime) -> None:
        lead = project.started_by
        if lead is None:
            return
        name, email = (
            first.split(maxsplit=1)[0],
            f"{first}.{last}@administration.example".lower().replace(" ", ""),
        )
        invite_editor(project, email=email, by=lead, at=at)
        colleague = new_person(name, last, email, at=at)
        add_editor(project, person=colleague, at=at + timedelta(minutes=20))
        whole = str(project.answers[WRITTEN])
        shorter = whole.split(". ", maxsplit=1)[0].rstrip(".") + "."
        self._write(project, shorter, by=colleague, at=at + timedelta(minutes=40))
        self._write(project, whole, by=lead, at=at + timedelta(hours=1))

    def _write(self, project: Project, text: str, *, by: User, at: datetime) -> None:
        form = form_of(self.world.promotion, FormKind.PROJECT)
        section = next(item for item in form.sections if any(one.code == WRITTEN for one in item.questions))
        save_project_section(
            project, section=section, answers={WRITTEN: text}, version=project.version, by=by, at=at
        )

    # --- Corrections ---

    def _due(self, at: datetime, days: int) -> datetime:
        return end_of_day(at, days=days)

    def ask_projects(self, at: datetime) -> None:
        """Two are asked: the first answers the next day, the second lets the delay pass."""
        rows = Project.objects.filter(promotion=self.world.promotion, status=Status.ELIGIBLE)
        for place, project in enumerate(rows.select_related("promotion").order_by("number")[:2]):
            asked = ask_project_correction(
                project,
                questions=[WRITTEN],
                reason=PROJECT_REASON,
                due_at=self._due(at, 3),
                by=self.world.second,
                at=at,
            )
            if place == 0:
                later = at + timedelta(hours=19)
                self.world.timeline.add(later, "une correction est envoyée", partial(self.correct, asked.pk))

    def correct(self, pk: int, at: datetime) -> None:
        rows = ProjectCorrection.objects.select_related(
            "project__promotion", "project__started_by", "asked_by"
        )
        asked = rows.get(pk=pk)
        lead = asked.project.started_by
        if lead is not None:
            self._type(asked, FormKind.PROJECT, {WRITTEN: self._longer(asked, WRITTEN)}, by=lead, at=at)
            answer_project_correction(asked, message="Nous avons précisé l’année et le périmètre.", by=lead)

    def ask_candidates(self, at: datetime) -> None:
        """Two are asked: one answers at once, the other still has time."""
        rows = Application.objects.filter(promotion=self.world.promotion, status=ApplicationStatus.SUBMITTED)
        first = rows.select_related("promotion", "candidate").order_by("number")[:2]
        for place, application in enumerate(first):
            asked = ask_application_correction(
                application,
                questions=["motivation"],
                reason=APPLICATION_REASON,
                due_at=self._due(at, 5),
                by=self.world.lead,
                at=at,
            )
            later = at + (timedelta(hours=3) if place == 0 else timedelta(days=4, hours=20))
            self.world.timeline.add(later, "un complément est envoyé", partial(self.complete, asked.pk))

    def complete(self, pk: int, at: datetime) -> None:
        rows = Completion.objects.select_related(
            "application__promotion", "application__candidate", "asked_by"
        )
        asked = rows.get(pk=pk)
        person = asked.application.candidate
        more = " Je peux commencer dès le premier jour de la promotion."
        text = f"{asked.answers['motivation']}{more}"
        self._type(asked, FormKind.APPLICATION, {"motivation": text}, by=person, at=at)
        answer_application_correction(asked, message="", by=person)

    def _longer(self, asked: Correction, question: str) -> str:
        return f"{asked.answers[question]}{MORE}"

    def _type(
        self, asked: Correction, kind: FormKind, answers: Mapping[str, Any], *, by: User, at: datetime
    ) -> None:
        section = opened_section(form_of(self.world.promotion, kind), asked)
        save_correction(asked, section=section, answers=answers, version=Seen(asked.version), by=by, at=at)
