"""Tell: what is written to the people of a project, and when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from eig.accounts.models import Invitation, User
from eig.mail.outbox import Letter, letter, post, post_all, post_each
from eig.promotions.models import Promotion
from eig.waves.models import Wave
from projects.choices import LeadRole, Outcome, ProposalStatus
from projects.models import Decision, PositionProposal, Project, ProjectLead, PublicPage
from projects.queries import draft_projects, editors_of
from projects.queries.ties import CONTACTS

DECISION_LETTERS: Mapping[str, str] = {
    Outcome.LAUREATE: "projects/project_laureate",
    Outcome.RESERVE: "projects/project_reserve",
    Outcome.DECLINED: "projects/project_declined",
}


def team_of(project: Project) -> list[User]:
    """Those who write it: the lead first."""
    return [editor.person for editor in editors_of(project)]


def _to_team(template: str, project: Project, /, *, key: str, at: datetime, **context: object) -> None:
    """One letter per writer of the project; the key tells the event, each person has theirs once."""
    told, promotion_id = {"project": project, **context}, project.promotion_id
    post_each(template, team_of(project), key=key, at=at, promotion_id=promotion_id, **told)


def _contacts(project: Project) -> dict[str, Mapping[str, str]]:
    """The contacts of the dossier by address, but for those who write it."""
    known = {person.email for person in team_of(project)}
    named = [project.answers.get(code) or {} for code in CONTACTS]
    people = {str(contact.get("email") or "").strip().lower(): contact for contact in reversed(named)}
    return {email: contact for email, contact in people.items() if email and email not in known}


def project_received(project: Project, *, at: datetime) -> None:
    """The receipt to those who wrote the dossier, and a word to each contact it names."""
    _to_team("projects/project_received", project, key=f"project-received:{project.pk}", at=at)
    template, key = "projects/project_contact_named", f"project-contact:{project.pk}"
    letters = [
        letter(template, email, f"{key}:{email}"[:200], project=project, contact_person=contact)
        for email, contact in _contacts(project).items()
    ]
    post_all(letters, at=at, promotion_id=project.promotion_id)


def project_eligible(project: Project, *, at: datetime) -> None:
    # An error set right may be told twice: the instant is part of the event.
    key = f"project-eligible:{project.pk}:{at.isoformat()}"
    _to_team("projects/project_eligible", project, key=key, at=at)


def project_ineligible(project: Project, *, at: datetime) -> None:
    key = f"project-ineligible:{project.pk}:{at.isoformat()}"
    _to_team("projects/project_ineligible", project, key=key, at=at)


def project_withdrawn(project: Project, *, at: datetime) -> None:
    _to_team("projects/project_withdrawn", project, key=f"project-withdrawn:{project.pk}", at=at)


def project_published(project: Project, *, page: PublicPage, at: datetime) -> None:
    _to_team("projects/project_published", project, key=f"project-published:{project.pk}", at=at, page=page)


def _leads(decisions: Iterable[Decision]) -> Mapping[int, User]:
    """Project id → the one person to whom the decision is written."""
    rows = (
        ProjectLead.objects.filter(project__in=[decision.project_id for decision in decisions])
        .select_related("person")
        .order_by("role", "-since", "-pk")
    )
    # Read in this order, the last one kept is the first lead, or else the first co-writer.
    return {row.project_id: row.person for row in rows if row.role == LeadRole.EDITOR} | {
        row.project_id: row.person for row in rows if row.role == LeadRole.LEAD
    }


def decision_letters(wave: Wave, decisions: Sequence[Decision]) -> list[tuple[Decision, Letter | None]]:
    """Each decision with its letter; None when nobody leads the project."""
    leads = _leads(decisions)
    told: list[tuple[Decision, Letter | None]] = []
    for decision in decisions:
        lead, template = leads.get(decision.project_id), DECISION_LETTERS[decision.outcome]
        about: dict[str, Any] = {"project": decision.project, "decision": decision, "wave": wave}
        told.append((decision, letter(template, lead, decision.letter_key, **about) if lead else None))
    return told


def editor_invited(project: Project, *, invitation: Invitation, token: str, by: User, at: datetime) -> None:
    to, key, promotion_id = invitation.email, f"editor-invited:{invitation.pk}", project.promotion_id
    told: dict[str, Any] = {"project": project, "invitation": invitation, "token": token, "by": by}
    post("projects/editor_invited", to=to, key=key, at=at, promotion_id=promotion_id, **told)


def proposal_answered(proposal: PositionProposal, *, at: datetime) -> None:
    project = proposal.position.project
    key, is_accepted = f"proposal-answered:{proposal.pk}", proposal.status == ProposalStatus.ACCEPTED
    told: dict[str, Any] = {"proposal": proposal, "is_accepted": is_accepted}
    _to_team("projects/proposal_answered", project, key=key, at=at, **told)


def call_extended(promotion: Promotion, *, closes_at: datetime, reason: str, at: datetime) -> int:
    """To those who write a draft: they have longer; returns how many letters."""
    told: dict[str, Any] = {"promotion": promotion, "closes_at": closes_at, "reason": reason}
    letters = []
    for project in draft_projects(promotion):
        key, about = f"call-extended:{project.pk}:{closes_at.isoformat()}", {"project": project, **told}
        people = [lead.person for lead in project.leads.all()]
        letters += [letter("projects/call_extended", one, f"{key}:{one.pk}"[:200], **about) for one in people]
    return post_all(letters, at=at, promotion_id=promotion.pk)
