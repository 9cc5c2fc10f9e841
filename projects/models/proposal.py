"""Another wording of a profile, proposed by those who lead a laureate; true once the team agrees."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from eig.promotions.models import Trade
from projects.choices import ProposalStatus
from projects.models.project import Position


class PositionProposal(models.Model):
    LIFECYCLE: ClassVar = {
        ProposalStatus.PROPOSED: {ProposalStatus.ACCEPTED, ProposalStatus.RETURNED, ProposalStatus.REPLACED},
        ProposalStatus.ACCEPTED: set(),
        ProposalStatus.RETURNED: set(),
        ProposalStatus.REPLACED: set(),
    }

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="proposals")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(max_length=10, choices=ProposalStatus, default=ProposalStatus.PROPOSED)
    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, related_name="+")
    expertise = models.CharField("expertise", max_length=200)
    must_have = models.TextField("compétences indispensables", blank=True, max_length=1000)
    nice_to_have = models.TextField("compétences appréciées", blank=True, max_length=1000)
    seats = models.PositiveSmallIntegerField("places", default=1)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField("réponse de l’équipe", max_length=500, blank=True)

    class Meta:
        verbose_name = "profil proposé"
        constraints = [
            models.UniqueConstraint(
                fields=["position"],
                condition=Q(status=ProposalStatus.PROPOSED),
                name="one_proposal_awaited_per_position",
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=3), name="a_proposal_has_one_to_three_seats"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[ProposalStatus.PROPOSED, ProposalStatus.REPLACED])
                | Q(answered_at__isnull=False),
                name="an_answered_proposal_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trade} – {self.expertise}"
