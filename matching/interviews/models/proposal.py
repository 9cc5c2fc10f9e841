"""An audition offered to someone for a project outside their wishes: they accept, decline, or let it pass."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from candidates.models import Application
from eig.promotions.models import Promotion
from matching.interviews.choices import ProposalStatus
from matching.interviews.models.audition import Audition
from projects.models import Project


class Proposal(models.Model):
    LIFECYCLE: ClassVar = {
        ProposalStatus.SENT: {
            ProposalStatus.ACCEPTED,
            ProposalStatus.DECLINED,
            ProposalStatus.EXPIRED,
            ProposalStatus.WITHDRAWN,
        },
        # The audition has a life of its own.
        ProposalStatus.ACCEPTED: set(),
        ProposalStatus.DECLINED: set(),
        ProposalStatus.EXPIRED: set(),
        ProposalStatus.WITHDRAWN: set(),
    }

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="audition_proposals")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="audition_proposals")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="audition_proposals")
    status = models.CharField(max_length=10, choices=ProposalStatus, default=ProposalStatus.SENT)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField("réponse attendue avant le")
    answered_at = models.DateTimeField("réponse donnée le", null=True, blank=True)
    # Born of the acceptance.
    audition = models.OneToOneField(
        Audition, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal"
    )

    class Meta:
        verbose_name = "audition proposée"
        verbose_name_plural = "auditions proposées"
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status=ProposalStatus.SENT),
                name="one_waiting_proposal_per_person",
            ),
            # What was declined is not offered again.
            models.UniqueConstraint(
                fields=["application", "project"],
                condition=~Q(status=ProposalStatus.WITHDRAWN),
                name="a_project_is_proposed_once",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("proposed_at")), name="a_proposal_leaves_time_to_answer"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ProposalStatus.ACCEPTED, ProposalStatus.DECLINED])
                | Q(answered_at__isnull=False, answered_at__lte=F("expires_at")),
                name="proposals_are_answered_in_time",
            ),
            models.CheckConstraint(
                condition=Q(status=ProposalStatus.ACCEPTED, audition__isnull=False)
                | ~Q(status=ProposalStatus.ACCEPTED) & Q(audition__isnull=True),
                name="an_accepted_proposal_has_its_audition",
            ),
        ]

    def __str__(self) -> str:
        return f"audition proposée {self.code.hex[:8]}"
