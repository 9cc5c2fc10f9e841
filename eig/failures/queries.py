"""Read what recurring tasks could not do."""

from django.db.models import Model, Q, QuerySet

from eig.failures.models import Failure


def key_of(task: str, record: Model | str) -> str:
    """The failure of a task for a record (or a named step of it) is one row."""
    return f"{task}:{record}" if isinstance(record, str) else f"{task}:{record._meta.label_lower}:{record.pk}"


def failures_of(promotion_id: int) -> QuerySet[Failure]:
    """Those of a promotion and those of none, the oldest first."""
    ours = Q(promotion_id=promotion_id) | Q(promotion_id__isnull=True)
    return Failure.objects.filter(ours).order_by("first_at", "pk")


def failure_of(task: str, record: Model) -> Failure | None:
    """What the task could not do for this record, if it failed last time."""
    return Failure.objects.filter(key=key_of(task, record)).first()
