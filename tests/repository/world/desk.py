"""What the team keeps while it works on applications: views, a deed on many, an export, the pool."""

from datetime import timedelta

from django.utils import timezone

from candidates import actions
from candidates.choices import BulkKind
from candidates.queries import APPLICATIONS
from eig.exports.actions import ask_export, write_next_export
from eig.listing.actions import fill_bulk, keep_view, prepare_bulk
from eig.orders.actions import ask_order
from privacy.actions.retention import SHORTENING
from tests.repository.world.building import World


def add_desk(world: World) -> None:
    now, of, by = timezone.now(), world.of, {"by": world.diane, "at": timezone.now()}
    of.saved_view = keep_view(
        APPLICATIONS, world.here, name="À relire", query="status=submitted", is_shared=True, **by
    )
    rows = [of.submitted_application.pk, of.waiting_application.pk]
    of.bulk = prepare_bulk(APPLICATIONS, world.here, kind=BulkKind.WRITE, rows=rows, **by)
    fill_bulk(of.bulk, given={"subject": "Un mot", "text": "Bonjour à tous."}, **by)
    of.pool_member = actions.join_pool(
        of.submitted_application,
        until=now.date() + timedelta(days=90),
        consents=True,
        by=world.damien,
        at=now,
    )
    of.order = ask_order(
        world.here,
        kind=SHORTENING,
        title="Raccourcir une durée de conservation",
        given={"refused_applications": 12},
        reason="La demande de la déléguée à la protection des données.",
        by=world.denis,
        at=now,
    )
    # Asked a minute ago: its asker is told by a mail.
    earlier = now - timedelta(minutes=1)
    given = {"columns": ["person"]}
    of.export = ask_export(
        world.here, kind="candidatures", format="xlsx", given=given, by=world.diane, at=earlier
    )
    write_next_export(clock=lambda: now)
    of.export.refresh_from_db()
