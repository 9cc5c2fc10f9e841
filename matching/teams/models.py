"""The draw, scenarios with their frozen inputs, assignments, teams, offers."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from candidates.models import Application
from eig.promotions.models import Promotion, Trade
from matching.teams.choices import DirectiveKind, OfferStatus, ScenarioStatus
from projects.models import Project


class Draw(models.Model):
    """The published draw that breaks ties: its seed is committed before, revealed after the scores."""

    promotion = models.OneToOneField(Promotion, on_delete=models.PROTECT, related_name="draw")
    seed = models.CharField(max_length=120)
    commitment = models.CharField("empreinte publiée", max_length=64)
    committed_at = models.DateTimeField()
    revealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "tirage"

    def __str__(self) -> str:
        return f"tirage {self.commitment[:12]}"


class Scenario(models.Model):
    """One run of the matching: inputs and result are frozen with their hashes and can be replayed."""

    LIFECYCLE: ClassVar = {
        ScenarioStatus.DRAFT: {ScenarioStatus.COMPUTED},
        ScenarioStatus.COMPUTED: {ScenarioStatus.SIGNED},
        # Until it is published, a signature may be taken back: a wish, a score or a person has gone since.
        ScenarioStatus.SIGNED: {ScenarioStatus.PUBLISHED, ScenarioStatus.COMPUTED},
        ScenarioStatus.PUBLISHED: set(),
    }

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="scenarios")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nom", max_length=80)
    status = models.CharField(max_length=10, choices=ScenarioStatus, default=ScenarioStatus.DRAFT)
    enforce_minimum = models.BooleanField("taille minimale exigée", default=True)
    # Canonical instance of matching.md §7, its hash, and the answer with its own.
    instance = models.JSONField(null=True, blank=True)
    instance_sha256 = models.CharField(max_length=64, blank=True)
    result = models.JSONField(null=True, blank=True)
    result_sha256 = models.CharField(max_length=64, blank=True)
    # What the independent checker said: "ok", or the first broken property.
    verdict = models.CharField("contrôle indépendant", max_length=300, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    computed_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    # Nobody is noted of those published before two people were asked for.
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "scénario"
        constraints = [
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("signed_by")),
                name="who_signs_teams_does_not_publish_them",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ScenarioStatus.SIGNED, ScenarioStatus.PUBLISHED])
                | Q(verdict="ok", signed_by__isnull=False),
                name="only_checked_results_are_signed",
            ),
            models.CheckConstraint(
                condition=Q(status=ScenarioStatus.DRAFT)
                | Q(instance__isnull=False, result__isnull=False)
                & ~Q(instance_sha256="")
                & ~Q(result_sha256=""),
                name="computed_scenarios_keep_inputs_and_result",
            ),
            models.UniqueConstraint(
                fields=["promotion"],
                condition=Q(status__in=[ScenarioStatus.SIGNED, ScenarioStatus.PUBLISHED]),
                name="one_signed_scenario_per_promotion",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Directive(models.Model):
    """A staff decision inside a scenario: pin or forbid a pair, with its reason."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="directives")
    kind = models.CharField(max_length=6, choices=DirectiveKind)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("motif", max_length=300)

    class Meta:
        verbose_name = "consigne"
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "application", "project"], name="one_directive_per_pair"
            ),
            models.UniqueConstraint(
                fields=["scenario", "application"], condition=Q(kind="pin"), name="one_pin_per_candidate"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_directive_gives_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.application_id} – {self.project_id}"


class Team(models.Model):
    """The people of one project, born when a signed scenario is published."""

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="teams")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="team")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "équipe"

    def __str__(self) -> str:
        return f"équipe {self.project_id}"


class Offer(models.Model):
    """A place in a team proposed to a person, for a limited time."""

    LIFECYCLE: ClassVar = {
        OfferStatus.PREPARED: {OfferStatus.SENT, OfferStatus.CANCELLED},
        OfferStatus.SENT: {
            OfferStatus.ACCEPTED,
            OfferStatus.DECLINED,
            OfferStatus.EXPIRED,
            OfferStatus.CANCELLED,
        },
        OfferStatus.ACCEPTED: {OfferStatus.CANCELLED},
        OfferStatus.DECLINED: set(),
        OfferStatus.EXPIRED: set(),
        OfferStatus.CANCELLED: set(),
    }

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="offers")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="offers")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers")
    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, related_name="+")
    scenario = models.ForeignKey(
        Scenario, on_delete=models.PROTECT, null=True, blank=True, related_name="offers"
    )
    from_reserve = models.BooleanField("au titre de la liste complémentaire", default=False)
    # Position of the project among the person's wishes; null when it was none of them.
    wish = models.PositiveSmallIntegerField("rang du vœu", null=True, blank=True)
    status = models.CharField(max_length=10, choices=OfferStatus, default=OfferStatus.PREPARED)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "proposition"
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status__in=[OfferStatus.PREPARED, OfferStatus.SENT, OfferStatus.ACCEPTED]),
                name="one_live_offer_per_person",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[OfferStatus.PREPARED, OfferStatus.CANCELLED])
                | Q(sent_at__isnull=False, expires_at__isnull=False),
                name="sent_offers_are_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[OfferStatus.ACCEPTED, OfferStatus.DECLINED])
                | Q(answered_at__isnull=False),
                name="answered_offers_are_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status=OfferStatus.ACCEPTED) | Q(answered_at__lte=F("expires_at")),
                name="offers_are_accepted_in_time",
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(status=OfferStatus.SENT), name="offer_to_expire")
        ]

    def __str__(self) -> str:
        return f"proposition {self.code.hex[:8]}"
