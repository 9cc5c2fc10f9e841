"""The door of the worker: finish a deed on many rows."""

from celery import shared_task

from eig.documents.tasks import wake_workshop_after_commit
from eig.jobs.tasks import wake
from eig.listing.actions import apply_bulk
from eig.listing.models import BulkDeed
from eig.mail.tasks import wake_after_commit
from eig.promotions.queries import moment


@shared_task
def finish_bulk(deed_id: int) -> None:
    bulk = BulkDeed.objects.select_related("asked_by", "promotion").filter(pk=deed_id).first()
    while bulk is not None and apply_bulk(bulk, by=bulk.asked_by, at=moment(bulk.promotion)):
        pass
    wake_after_commit()
    wake_workshop_after_commit()


def finish_after_commit(bulk: BulkDeed) -> None:
    """Call from a view when rows remain; « Reprendre » does the same if the wake-up is lost."""
    wake(finish_bulk, bulk.pk)
