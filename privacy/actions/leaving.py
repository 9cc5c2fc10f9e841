"""Take a person out of what is in progress, by the real deeds, before their name goes."""

from datetime import datetime

from django.db import transaction

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.accounts.models import User
from eig.evaluation.actions import recuse_sheet
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Sheet
from eig.journal.actions import record as journal
from eig.lifecycle import may_move
from eig.meetings.actions.advice import cancel_booking
from eig.meetings.actions.registration import leave_webinar
from eig.meetings.choices import BookingStatus, RegistrationStatus
from eig.meetings.models import AdviceBooking, Registration
from journey.actions.withdrawal import withdraw_application, withdraw_project_everywhere
from matching.interviews.actions import unseat_juror
from matching.interviews.models import PanelSeat
from projects.actions.jury import unseat_juror as unseat_project_juror
from projects.choices import LeadRole
from projects.choices import Status as ProjectStatus
from projects.models import HearingSeat, ProjectLead


@transaction.atomic
def leave_everything(person: User, *, at: datetime) -> None:
    """Withdraw applications, free seats to come, give unsigned sheets back, hand projects over."""
    # A mission that was lived is no longer a candidacy to withdraw.
    candidacies = Application.objects.filter(candidate=person).exclude(offers__member__isnull=False)
    for application in candidacies.order_by("pk"):
        if may_move(application, ApplicationStatus.WITHDRAWN):
            withdraw_application(application, by=person, at=at)
    _leave_juries(person, at=at)
    _leave_projects(person, at=at)
    _leave_meetings(person, at=at)


def _leave_juries(person: User, *, at: datetime) -> None:
    coming = {"juror__person": person, "during__startswith__gt": at}
    for seat in PanelSeat.objects.filter(**coming).select_related("panel", "juror").order_by("pk"):
        unseat_juror(seat.panel, juror=seat.juror, by=person, at=at)
    for place in HearingSeat.objects.filter(**coming).order_by("pk"):
        unseat_project_juror(place, by=person, at=at)
    # A reading begun and not signed counts for nobody: the queue gives the dossier to someone else.
    for sheet in Sheet.objects.filter(evaluator=person, status=SheetStatus.DRAFT).order_by("pk"):
        recuse_sheet(sheet, by=person, at=at)


def _leave_projects(person: User, *, at: datetime) -> None:
    """The next person becomes the lead; a draft that has nobody else is withdrawn."""
    for role in ProjectLead.objects.filter(person=person).select_related("project").order_by("pk"):
        heir = (
            ProjectLead.objects.filter(project=role.project)
            .exclude(pk=role.pk)
            .order_by("since", "pk")
            .first()
        )
        if heir is None:
            if may_move(role.project, ProjectStatus.WITHDRAWN):
                withdraw_project_everywhere(role.project, by=person, at=at)
            continue
        if role.role == LeadRole.LEAD:
            ProjectLead.objects.filter(pk=heir.pk).update(role=LeadRole.LEAD)
        role.delete()
        journal("hand_over_project", role.project, by=person, at=at)


def _leave_meetings(person: User, *, at: datetime) -> None:
    for booking in AdviceBooking.objects.filter(
        person=person, status=BookingStatus.BOOKED, slot__during__startswith__gt=at
    ):
        cancel_booking(booking, by=person, at=at)
    seats = Registration.objects.filter(person=person, webinar__starts_at__gt=at).exclude(
        status=RegistrationStatus.CANCELLED
    )
    for seat in seats.select_related("webinar").order_by("pk"):
        leave_webinar(seat, by=person, at=at)
