"""What the team asked to set right: of Badis's project, of Damien's application; a draft with a history."""

from datetime import timedelta

from django.utils import timezone

from candidates import actions as candidates
from candidates.actions import save_application_section
from eig.dossiers.queries import form_of
from projects import actions as projects
from tests.factories.candidates import clean_document
from tests.repository.world.building import World


def add_corrections(world: World) -> None:
    now, of, by = timezone.now(), world.of, world.diane
    asked = {"reason": "Précisez ce point.", "due_at": now + timedelta(days=3), "by": by, "at": now}
    of.correction = projects.ask_project_correction(
        of.submitted_project, questions=["mission", "positions", "partners"], **asked
    )
    of.completion = candidates.ask_application_correction(
        of.submitted_application, questions=["cv", "motivation"], **asked
    )
    document = clean_document(world.damien, "cv-lisible.pdf")
    candidates.add_correction_file(of.completion, question="cv", document=document, by=world.damien, at=now)
    of.completion_cv = document
    for text in ("Un premier texte.", "Un second texte."):
        _rewrite(world, text)


def _rewrite(world: World, text: str) -> None:
    project, application = world.of.draft_project, world.of.draft_application
    section = form_of(world.here, "project").section("context")
    projects.save_project_section(
        project,
        section=section,
        answers={"mission": text},
        version=project.version,
        by=world.badis,
        at=timezone.now(),
    )
    form = form_of(world.here, "application")
    section = next(item for item in form.sections if any(one.code == "motivation" for one in item.questions))
    save_application_section(
        application,
        section=section,
        answers={"motivation": text},
        version=application.version,
        by=world.ariane,
        at=timezone.now(),
    )
