"""A candidate or a project leaves: every room lets go of what it holds, in one transaction."""

from datetime import datetime

from django.db import transaction

from candidates.actions import withdraw_application_record
from candidates.models import Application
from cohorts.models import Member
from eig.accounts.models import User
from matching.interviews.actions import (
    cancel_auditions_of_application,
    cancel_auditions_of_project,
    withdraw_proposals_of_application,
    withdraw_proposals_of_project,
)
from matching.ranking.actions import drop_withdrawn_project
from matching.teams.actions import cancel_offers
from matching.teams.models import Offer
from projects.actions import withdraw_project
from projects.models import Project

LIVE_OFFERS = ("prepared", "sent", "accepted")


class InMission(Exception):
    """The mission has begun: leaving it is another deed, with a date."""


class ProjectStaffed(Exception):
    """Places of the project are offered or taken: its people come first."""


@transaction.atomic
def withdraw_application(application: Application, *, by: User, at: datetime) -> None:
    """Withdraw everywhere: the live offer is taken back, auditions are cancelled, the dossier closes."""
    if Member.objects.filter(offer__application=application).exists():
        raise InMission(
            "Votre mission a commencé : un départ se prépare avec l’équipe programme. Écrivez-nous."
        )
    cancel_offers(application, by=by, at=at)
    withdraw_proposals_of_application(application, by=by, at=at)
    cancel_auditions_of_application(application, by=by, at=at)
    withdraw_application_record(application, by=by, at=at)


@transaction.atomic
def withdraw_project_everywhere(project: Project, *, by: User, at: datetime) -> tuple[int, int]:
    """Withdraw a project; returns how many lists of wishes and how many auditions it leaves."""
    if Offer.objects.filter(team__project=project, status__in=LIVE_OFFERS).exists():
        raise ProjectStaffed(
            "Des places de ce projet sont proposées ou acceptées : traitez d’abord ces propositions."
        )
    withdraw_project(project, by=by, at=at)
    lists = drop_withdrawn_project(project, by=by, at=at)
    withdraw_proposals_of_project(project, by=by, at=at)
    auditions = cancel_auditions_of_project(project, by=by, at=at)
    return lists, auditions
