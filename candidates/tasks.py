"""The doors of the worker: deeds on many applications, the end of consents to the pool."""

from celery import shared_task
from django.utils import timezone

from candidates.actions import expire_pool
from candidates.actions.bulk import DEEDS, REFUSALS
from candidates.choices import BulkKind
from candidates.forms.bulk import FORMS
from candidates.queries import APPLICATIONS
from candidates.queries.bulk import JUDGES
from eig.listing.lists import Deed, declare_deeds

declare_deeds(
    APPLICATIONS,
    {
        str(kind): Deed(
            label=str(kind.label), do=DEEDS[kind], refusals=REFUSALS, judge=JUDGES[kind], form=FORMS[kind]
        )
        for kind in BulkKind
    },
)


@shared_task
def end_consents() -> None:
    expire_pool(at=timezone.now())
