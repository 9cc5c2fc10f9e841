"""What each kind of invitation gives, once accepted."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.urls import reverse

from eig.accounts.actions import InvitationSpent, accept_invitation, invite, revoke_invitation
from eig.accounts.models import Invitation, User
from eig.evaluation.choices import Stage
from eig.journal.actions import record as journal
from eig.juries.actions import appoint_reader
from eig.mail.outbox import post
from eig.promotions.models import Promotion
from projects.actions import add_editor
from projects.models import Project

# purpose → what the person reads.
PURPOSES: Mapping[str, str] = MappingProxyType(
    {
        "project-editor": "écrire avec vos collègues le dossier d’un projet",
        "project-reader": "lire et noter des projets d’administrations",
        "application-reader": "lire et noter des candidatures, sans les noms",
        "staff": "rejoindre l’équipe programme",
    }
)
READER_STAGES = {"project-reader": Stage.PROJECT_READING, "application-reader": Stage.APPLICATION_READING}


def about(invitation: Invitation) -> str:
    """What the invitation is for, in a few words: the project and its call, or the promotion."""
    if invitation.purpose == "project-editor":
        project = Project.objects.filter(code=invitation.subject).select_related("promotion").first()
        return f"« {project.title} », {project.promotion.name}" if project else ""
    return ", ".join(Promotion.objects.filter(code=invitation.subject).values_list("name", flat=True))


@transaction.atomic
def invite_by_mail(email: str, *, purpose: str, subject: str, by: User, at: datetime) -> Invitation:
    """Create an invitation and post the mail that carries its only link."""
    invitation, token = invite(email, purpose=purpose, subject=subject, by=by, at=at)
    post(
        "journey/invited",
        to=invitation.email,
        key=f"invited:{invitation.pk}",
        at=at,
        invitation=invitation,
        inviter=by,
        words=PURPOSES[purpose],
        path=reverse("journey:invitation_accept", args=[token]),
    )
    journal("invite", by, by=by, at=at, **_told(invitation))
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Make its link useless."""
    revoke_invitation(invitation, at=at)
    journal("revoke_invitation", by, by=by, at=at, **_told(invitation))


def _told(invitation: Invitation) -> dict[str, Any]:
    """Said of whoever acts: the address of an invitation is forgotten with its clock, the journal is not."""
    promotion = Promotion.objects.filter(code=invitation.subject).first()
    return {
        "purpose": invitation.purpose,
        "invitation": invitation.pk,
        "promotion_id": promotion.pk if promotion else None,
    }


@transaction.atomic
def accept(invitation: Invitation, *, by: User, at: datetime) -> str:
    """Spend the invitation and give the role; returns the page to go to.

    Raises InvitationSpent, IsCandidate.
    """
    accept_invitation(invitation, by=by, at=at)
    journal("accept_invitation", by, by=by, at=at, **_told(invitation))
    if invitation.purpose == "staff":
        User.objects.filter(pk=by.pk).update(is_staff=True)
        return reverse("journey:staff_promotion_list")
    if invitation.purpose == "project-editor":
        project = Project.objects.filter(code=invitation.subject).first()
        if project is None:
            raise InvitationSpent("Ce projet n’existe plus.")
        add_editor(project, person=by, at=at)
        return reverse("projects:project_detail", args=[project.code])
    promotion = Promotion.objects.filter(code=invitation.subject).first()
    if promotion is None:
        raise InvitationSpent("Cette promotion n’existe plus.")
    appoint_reader(
        by, promotion=promotion, stage=READER_STAGES[invitation.purpose], by=invitation.created_by, at=at
    )
    return reverse("journey:dashboard")
