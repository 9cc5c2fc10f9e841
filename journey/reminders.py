"""Reminders: who still has something to do before a deadline, told once per rule.

Each reminder is an outbox row with a unique key (audience, record, deadline, hours before): beat may run
twice, late or not at all, nobody is reminded twice. When a deadline moves, its key changes with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.failures.actions import alone, settled
from eig.mail.needs import NEEDS
from eig.mail.outbox import Letter, post_all
from eig.promotions.choices import Audience, PhaseKind
from eig.promotions.models import Phase, Promotion, ReminderRule
from eig.promotions.rules import reminder_is_due
from matching.interviews.actions import remind_auditions, remind_proposals
from matching.ranking.choices import Status as RankingStatus
from matching.ranking.models import Ranking
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer
from projects.choices import Status as ProjectStatus
from projects.models import Project

PHASE_OF = {
    Audience.DRAFT_PROJECT: PhaseKind.PROJECTS,
    Audience.DRAFT_APPLICATION: PhaseKind.APPLICATIONS,
    Audience.UNCERTIFIED_RANKING: PhaseKind.RANKING,
}
# Auditions have times of their own: their room writes these.
OF_INTERVIEWS = {Audience.UNANSWERED_PROPOSAL: remind_proposals, Audience.UPCOMING_AUDITION: remind_auditions}


def remind(promotion: Promotion, *, now: datetime) -> None:
    """Write the reminders of one promotion due at `now`: an audience that fails stops no other."""
    phases = {phase.kind: phase for phase in promotion.phases.order_by("pk")}
    quiet = []
    for audience, rules in _rules_by_audience(promotion).items():
        name = f"{promotion.pk}:{audience}"
        phase = phases.get(PHASE_OF.get(audience, ""))
        rule = _due(rules, deadline=phase.closes_at, now=now) if phase and phase.is_open(now) else None
        if audience in PHASE_OF and rule is None:
            # Most days, for most audiences: nobody is asked anything.
            quiet.append(name)
            continue
        deed = f"rappeler une échéance ({audience.label.lower()})"
        with alone("remind", name, deed=deed, at=now, promotion_id=promotion.pk):
            if audience in OF_INTERVIEWS:
                hours = [rule.hours_before for rule in rules]
                OF_INTERVIEWS[audience](promotion, now=now, hours=hours)
            elif phase and rule:
                post_all(_letters(promotion, audience, phase, rule), at=now, promotion_id=promotion.pk)
            else:
                post_all(_offer_letters(promotion, rules, now), at=now, promotion_id=promotion.pk)
    settled("remind", *quiet)


def _rules_by_audience(promotion: Promotion) -> dict[Audience, list[ReminderRule]]:
    grouped: dict[Audience, list[ReminderRule]] = {}
    for rule in promotion.reminder_rules.order_by("audience", "hours_before", "pk"):
        grouped.setdefault(Audience(rule.audience), []).append(rule)
    return grouped


def _due(rules: Iterable[ReminderRule], *, deadline: datetime, now: datetime) -> ReminderRule | None:
    """The closest rule whose hour has come: after a stop of three days, one reminder goes out, not three."""
    return next(
        (
            rule
            for rule in rules
            if reminder_is_due(now=now, deadline=deadline, hours_before=rule.hours_before)
        ),
        None,
    )


def _letters(promotion: Promotion, audience: Audience, phase: Phase, rule: ReminderRule) -> Iterator[Letter]:
    suffix = f"{phase.closes_at:%Y%m%d%H%M}:{rule.hours_before}"
    context = {"promotion": promotion, "deadline": phase.closes_at}
    if audience == Audience.DRAFT_PROJECT:
        drafts = Project.objects.filter(promotion=promotion, status=ProjectStatus.DRAFT).prefetch_related(
            "leads__person"
        )
        for project in drafts.order_by("pk"):
            path = reverse("journey:dashboard")
            for lead in project.leads.all():
                yield Letter(
                    "journey/project_draft_reminder",
                    lead.person,
                    f"remind:project:{project.pk}:{lead.person_id}:{suffix}",
                    {**context, "project": project, "path": path},
                    good_until=phase.closes_at,
                )
    elif audience == Audience.DRAFT_APPLICATION:
        for application in (
            Application.objects.filter(promotion=promotion, status=ApplicationStatus.DRAFT)
            .select_related("candidate")
            .order_by("pk")
        ):
            yield Letter(
                "journey/application_draft_reminder",
                application.candidate,
                f"remind:application:{application.pk}:{suffix}",
                {**context, "application": application, "path": reverse("journey:dashboard")},
                good_until=phase.closes_at,
            )
    else:
        for one in _ranking_letters(promotion, context, suffix):
            yield replace(one, good_until=phase.closes_at)


def _ranking_letters(promotion: Promotion, context: dict[str, object], suffix: str) -> Iterator[Letter]:
    """Everybody shortlisted who has not certified, with or without a list begun."""
    certified = Ranking.objects.filter(status=RankingStatus.CERTIFIED).values("application")
    for application in (
        Application.objects.filter(promotion=promotion, status=ApplicationStatus.SHORTLISTED)
        .exclude(pk__in=certified)
        .select_related("candidate")
        .order_by("pk")
    ):
        yield Letter(
            "journey/ranking_reminder",
            application.candidate,
            f"remind:ranking:{application.pk}:{suffix}",
            {**context, "application": application, "path": reverse("journey:dashboard")},
        )


def _offer_letters(promotion: Promotion, rules: list[ReminderRule], now: datetime) -> Iterator[Letter]:
    offers = (
        Offer.objects.filter(promotion=promotion, status=OfferStatus.SENT, expires_at__gt=now)
        .select_related("application__candidate", "team__project")
        .order_by("pk")
    )
    for offer in offers:
        deadline = offer.expires_at or now - timedelta(days=1)
        rule = _due(rules, deadline=deadline, now=now)
        if rule is not None:
            yield Letter(
                "journey/offer_reminder",
                offer.application.candidate,
                f"remind:offer:{offer.pk}:{deadline:%Y%m%d%H%M}:{rule.hours_before}",
                {
                    "promotion": promotion,
                    "deadline": deadline,
                    "offer": offer,
                    "path": reverse("journey:dashboard"),
                },
                good_until=deadline,
            )


def _draft_is_due(key: Sequence[str]) -> bool:
    """remind:project:<pk>:<person>:<deadline>:<hours>"""
    rows = Project.objects.filter(pk=key[2], status=ProjectStatus.DRAFT, leads__person=int(key[3]))
    return _closes(rows.values_list("promotion", flat=True), PhaseKind.PROJECTS, key[4])


def _application_is_due(key: Sequence[str]) -> bool:
    """remind:application:<pk>:<deadline>:<hours>"""
    rows = Application.objects.filter(pk=key[2], status=ApplicationStatus.DRAFT)
    return _closes(rows.values_list("promotion", flat=True), PhaseKind.APPLICATIONS, key[3])


def _ranking_is_due(key: Sequence[str]) -> bool:
    """remind:ranking:<pk of the application>:<deadline>:<hours>"""
    certified = Ranking.objects.filter(status=RankingStatus.CERTIFIED).values("application")
    rows = Application.objects.filter(pk=key[2], status=ApplicationStatus.SHORTLISTED)
    rows = rows.exclude(pk__in=certified)
    return _closes(rows.values_list("promotion", flat=True), PhaseKind.RANKING, key[3])


def _offer_is_due(key: Sequence[str]) -> bool:
    """remind:offer:<pk>:<deadline>:<hours>"""
    rows = Offer.objects.filter(pk=key[2], status=OfferStatus.SENT).values_list("expires_at", flat=True)
    return any(f"{until:%Y%m%d%H%M}" == key[3] for until in rows if until)


def _closes(promotions: QuerySet[Any, int], kind: PhaseKind, deadline: str) -> bool:
    """Whether the deadline that a letter tells still is the one of its promotion."""
    phases = Phase.objects.filter(promotion__in=promotions, kind=kind).order_by()
    return any(f"{at:%Y%m%d%H%M}" == deadline for at in phases.values_list("closes_at", flat=True))


NEEDS.update(
    {
        "journey/project_draft_reminder": _draft_is_due,
        "journey/application_draft_reminder": _application_is_due,
        "journey/ranking_reminder": _ranking_is_due,
        "journey/offer_reminder": _offer_is_due,
    }
)
