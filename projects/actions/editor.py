"""Write a project with several hands: invite, welcome, remove."""

from datetime import datetime

from django.db import IntegrityError, transaction

from eig.accounts.actions import invite, revoke_invitation
from eig.accounts.models import Invitation, User
from eig.accounts.queries import person_at
from eig.journal.actions import record as journal
from eig.lifecycle import lock
from projects import emails
from projects.choices import LeadRole
from projects.models import Project, ProjectLead
from projects.queries.project import INVITATION, invitations_of


class AlreadyEditor(Exception):
    """The person writes this project already."""


class LastLead(Exception):
    """A project keeps at least one lead."""


@transaction.atomic
def invite_editor(project: Project, *, email: str, by: User, at: datetime) -> Invitation:
    """Send a personal link to write this project; a new one replaces the former. Raises AlreadyEditor."""
    address = email.strip().lower()
    if project.leads.filter(person=person_at(address)).exists():
        raise AlreadyEditor("Cette personne écrit déjà ce projet.")
    for former in invitations_of(project, at=at).filter(email=address):
        revoke_invitation(former, at=at)
    invitation, token = invite(address, purpose=INVITATION, by=by, at=at, subject=str(project.code))
    emails.editor_invited(project, invitation=invitation, token=token, by=by, at=at)
    journal("invite_editor", project, by=by, at=at)
    return invitation


@transaction.atomic
def revoke_editor_invitation(project: Project, *, invitation: Invitation, by: User, at: datetime) -> None:
    """Make the link of an invitation useless."""
    revoke_invitation(invitation, at=at)
    journal("revoke_editor_invitation", project, by=by, at=at)


@transaction.atomic
def add_editor(project: Project, *, person: User, at: datetime) -> ProjectLead:
    """Let a person who accepted an invitation write the project; doing it twice changes nothing."""
    try:
        with transaction.atomic():
            editor = ProjectLead.objects.create(
                project=project, person=person, role=LeadRole.EDITOR, since=at
            )
    except IntegrityError:
        return ProjectLead.objects.get(project=project, person=person)
    journal("add_editor", project, by=person, at=at)
    return editor


@transaction.atomic
def remove_editor(project: Project, *, person: User, by: User, at: datetime) -> None:
    """Take a person off the project. Raises LastLead."""
    lock(project)
    editor = ProjectLead.objects.filter(project=project, person=person).first()
    if editor is None:
        return
    if editor.role == LeadRole.LEAD:
        raise LastLead("La porteuse ou le porteur du projet ne peut pas en être retiré.")
    editor.delete()
    journal("remove_editor", project, by=by, at=at)
