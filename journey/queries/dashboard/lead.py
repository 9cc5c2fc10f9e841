"""What one writes: projects, their visas, answers to correct; and the teams one accompanies."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import Truncator

from candidates.models import Correction as ApplicationCorrection
from cohorts.models import Companion
from eig.dossiers.choices import CorrectionStatus
from eig.promotions.choices import PhaseKind
from eig.promotions.queries import moment
from journey.queries.dashboard.card import Card, Person, phase_open
from projects.choices import Status as ProjectStatus
from projects.choices import VisaStatus
from projects.models import Correction as ProjectCorrection
from projects.models import ProjectLead, Visa
from projects.queries.visa import rules_of

PROJECT_OVER = {ProjectStatus.INELIGIBLE, ProjectStatus.DECLINED, ProjectStatus.WITHDRAWN}


def corrections(person: Person) -> Iterator[Card]:
    """Answers that the team opened again."""
    asked = {"status": CorrectionStatus.ASKED}
    for correction in (
        ApplicationCorrection.objects.filter(application__candidate=person.user, **asked)
        .select_related("application__promotion")
        .order_by("due_at", "pk")
    ):
        application = correction.application
        url = reverse("candidates:correction_edit", args=[application.code, correction.code])
        yield _correction(correction, f"Candidature {application.number}", url, application.promotion.name)
    for wanted in (
        ProjectCorrection.objects.filter(project__leads__person=person.user, **asked)
        .select_related("project__promotion")
        .order_by("due_at", "pk")
    ):
        project = wanted.project
        url = reverse("projects:correction_edit", args=[project.code, wanted.code])
        yield _correction(wanted, f"Projet : {project.title}", url, project.promotion.name)


def _correction(
    correction: ApplicationCorrection | ProjectCorrection, title: str, url: str, promotion: str
) -> Card:
    return Card(
        title=title,
        state="Complément demandé",
        kind="warning",
        next=f"L’équipe vous écrit : « {Truncator(correction.reason).chars(120)} »",
        url=url,
        action="Corriger et renvoyer",
        detail=promotion,
        urgent=True,
        until=correction.due_at,
    )


def visas(person: Person) -> Iterator[Card]:
    """Somebody wants a change before giving their visa: the draft cannot be handed in until then."""
    for visa in (
        Visa.objects.filter(
            project__leads__person=person.user,
            project__status=ProjectStatus.DRAFT,
            status=VisaStatus.CHANGE_ASKED,
        )
        .select_related("project__promotion")
        .prefetch_related("project__promotion__phases")
        .order_by("answered_at", "pk")
    ):
        phases = {phase.kind: phase for phase in visa.project.promotion.phases.all()}
        call = phase_open(phases, PhaseKind.PROJECTS, moment(visa.project.promotion))
        if call:
            rule = next((rule.label for rule in rules_of(visa.project) if rule.code == visa.kind), visa.kind)
            yield Card(
                title=f"Visa « {rule} » : {visa.project.title}",
                state="Modification demandée",
                kind="warning",
                next=f"{visa.name} vous écrit : « {Truncator(visa.comment).chars(120)} »",
                url=reverse("projects:visa_list", args=[visa.project.code]),
                action="Modifier, puis redemander le visa",
                detail=visa.project.promotion.name,
                urgent=True,
                until=call.closes_at,
            )


def projects(person: Person) -> Iterator[Card]:
    for link in (
        ProjectLead.objects.filter(person=person.user)
        .select_related("project__promotion")
        .prefetch_related("project__promotion__phases")
        .order_by("-project__updated_at", "pk")
    ):
        project = link.project
        phases = {phase.kind: phase for phase in project.promotion.phases.all()}
        phase = phases.get(PhaseKind.PROJECTS)
        draft = project.status == ProjectStatus.DRAFT
        is_open = phase is not None and phase.is_open(moment(project.promotion))
        yield Card(
            title=f"Projet : {project.title}",
            state=project.get_status_display(),
            kind="warning" if draft and is_open else "info",
            next="Un brouillon ne vaut pas dépôt."
            if draft and is_open
            else "Où en est ce projet, et ce qui vient ensuite.",
            url=reverse("projects:project_detail", args=[project.code]),
            action="Reprendre le dossier" if draft and is_open else "Voir le projet",
            detail=project.promotion.name,
            urgent=draft and is_open,
            until=phase.closes_at if draft and is_open and phase else None,
            over=project.status in PROJECT_OVER or (draft and not is_open),
        )


def companionships(person: Person) -> Iterator[Card]:
    for companion in (
        Companion.objects.filter(person=person.user).select_related("team__project").order_by("pk")
    ):
        yield Card(
            title=f"Équipe accompagnée : {companion.team.project.title}",
            state=companion.get_role_display(),
            kind="info",
            next="Les bulletins de l’équipe et ses coordonnées sont sur sa page.",
            url=reverse("cohorts:team_detail", args=[companion.team.code]),
            action="Ouvrir la page de l’équipe",
        )
