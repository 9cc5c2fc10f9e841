"""Who reads for a promotion, who is in the programme team, and who was invited and has not answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from eig.accounts.models import Invitation, User
from eig.evaluation.choices import Stage
from eig.evaluation.models import Reader
from eig.evaluation.queries import readers_of
from eig.french import french
from eig.promotions.models import Promotion

OF_PROMOTION = ("project-reader", "application-reader")


@dataclass(frozen=True, slots=True)
class People:
    team: QuerySet[User]
    project_readers: QuerySet[Reader]
    application_readers: QuerySet[Reader]
    invitations: QuerySet[Invitation]


def people_of(promotion: Promotion, *, now: datetime) -> People:
    waiting = Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)
    mine = waiting.filter(purpose__in=OF_PROMOTION, subject=promotion.code) | waiting.filter(purpose="staff")
    return People(
        team=User.objects.filter(is_staff=True, is_active=True).order_by(french("last_name"), "pk"),
        project_readers=readers_of(promotion, Stage.PROJECT_READING),
        application_readers=readers_of(promotion, Stage.APPLICATION_READING),
        invitations=mine.select_related("created_by").order_by("-created_at", "pk"),
    )
