"""Tell people when and where they are awaited, and each change: for both kinds of juries.

What they were told is kept: a letter is due when it differs from what stands.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from eig.juries import emails
from eig.juries.kinds import P, S, Table
from eig.juries.models import Announced, AnyPanel
from eig.juries.queries import is_untold, place_of
from eig.promotions.models import Promotion


def announce(record: Announced, panel: AnyPanel, *, at: datetime) -> bool:
    """Keep what people are told now; returns whether they had been told something else.

    A change raises the event's SEQUENCE, so that calendars move it.
    """
    changes = record.told_at is not None
    record.told_at, record.sequence = at, record.sequence + changes
    record.announced_during, record.announced_place = record.during, place_of(panel)
    record.save(update_fields=["told_at", "announced_during", "announced_place", "sequence"])
    return changes


@transaction.atomic
def tell_jurors(
    table: Table[P, S],
    promotion: Promotion,
    *,
    at: datetime,
    seats: QuerySet[S] | None = None,
    gone: Iterable[S] = (),
) -> int:
    """Write one letter to each juror for whom something, among `seats`, is new or changes; returns how many.

    `gone` are the seats they leave, whether the rows are still there or not. Nobody is written to about what
    is over.
    """
    rows = table.seats._default_manager.select_related("juror__person", f"{table.panel}__promotion")
    due = []
    if seats is not None:
        coming = rows.filter(pk__in=seats.values("pk"), during__endswith__gt=at).order_by("during", "pk")
        held = coming.select_for_update(of=("self",))
        due = [seat for seat in held if is_untold(seat, getattr(seat, table.panel))]
    changed = {seat.juror_id for seat in due if announce(seat, getattr(seat, table.panel), at=at)}
    left = [seat for seat in gone if seat.announced_during and seat.announced_during.upper > at]
    for seat in left:
        seat.sequence += 1
        changed.add(seat.juror_id)
    known = rows.filter(
        juror__in={seat.juror_id for seat in (*due, *left)}, announced_during__endswith__gt=at
    )
    kept = list(known.exclude(pk__in=[seat.pk for seat in left]).order_by("announced_during", "pk"))
    return emails.seats_announced(table, promotion, due=due, gone=left, kept=kept, changed=changed, at=at)
