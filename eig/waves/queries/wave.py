"""Ask: waves with their counts, their decisions, what is held for them. For the team only."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from eig.mail.choices import Status as MailStatus
from eig.mail.models import Message
from eig.mail.queries import messages_of_batch
from eig.promotions.models import Promotion
from eig.waves.choices import WaveStatus, WaveSubject
from eig.waves.kinds import WaveKind
from eig.waves.models import Wave

# The task that publishes, as its failures are named.
PUBLISH = "publish_wave"


def batch_of(wave: Wave) -> str:
    """The name under which the mails of a wave are held."""
    return f"wave:{wave.code}"


def waves_listed(kind: WaveKind, promotion: Promotion | str) -> QuerySet[Any]:
    """The waves of a kind in a promotion (or its code), latest first; `kept` counts the best outcome."""
    field = kind.decision._meta.get_field("wave").related_query_name()
    waves: QuerySet[Any] = Wave.objects.filter(subject=kind.subject)
    if isinstance(promotion, str):
        waves = waves.filter(promotion__code=promotion)
    else:
        waves = waves.filter(promotion=promotion)
    listed: QuerySet[Any] = (
        waves.select_related("promotion", "prepared_by", "validated_by")
        .annotate(decisions=Count(field), kept=Count(field, filter=Q(**{f"{field}__outcome": kind.best})))
        .order_by("-prepared_at", "-pk")
    )
    return listed


def waves_open(promotion: Promotion) -> QuerySet[Wave]:
    """The waves of every kind that are still to be validated or published, the first to come first."""
    rows = Wave.objects.filter(promotion=promotion, status__in=[WaveStatus.PREPARED, WaveStatus.VALIDATED])
    return rows.select_related("promotion").order_by("publishes_at", "pk")


def waves_prepared(promotion: Promotion, subject: WaveSubject) -> QuerySet[Wave]:
    """The waves that take proposals, the latest first."""
    rows = Wave.objects.filter(promotion=promotion, subject=subject, status=WaveStatus.PREPARED)
    return rows.order_by("-prepared_at", "-pk")


def outcome_counts(kind: WaveKind, wave: Wave) -> list[tuple[str, int]]:
    """Each outcome in French, with how many decisions of the wave have it."""
    counted = kind.rows.filter(wave=wave).values_list("outcome").annotate(n=Count("pk")).order_by()
    counts = dict(counted)
    return [(str(outcome.label), counts.get(outcome.value, 0)) for outcome in kind.outcomes]


def waves_due() -> QuerySet[Wave]:
    """Validated and not yet published: their hour is judged by the clock of their promotion."""
    return (
        Wave.objects.filter(status=WaveStatus.VALIDATED)
        .select_related("promotion")
        .order_by("publishes_at", "pk")
    )


def letters_held(wave: Wave) -> int:
    return messages_of_batch(batch_of(wave)).filter(status=MailStatus.HELD).count()


def letters_written(wave: Wave) -> dict[str, Message]:
    """The letters of a wave by their key, from its validation on."""
    return {message.key: message for message in messages_of_batch(batch_of(wave))}
