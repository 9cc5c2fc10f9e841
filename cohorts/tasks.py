"""The worker's door to the cohort: Friday's mail, deeds on many members."""

from celery import shared_task

from cohorts.actions import send_digests_due
from cohorts.actions.bulk import REFUSALS, complete
from cohorts.queries.bulk import completing
from cohorts.queries.listing import MEMBERS
from eig.listing.lists import Deed, declare_deeds
from eig.mail.tasks import wake_after_commit
from eig.promotions.actions import in_each_promotion

declare_deeds(
    MEMBERS, {"complete": Deed("Clore à la date prévue", do=complete, refusals=REFUSALS, judge=completing)}
)


@shared_task
def send_bulletin_digest() -> None:
    """For every promotion with people in mission, by its own clock. Safe to run twice."""
    in_each_promotion(
        "send_bulletin_digest",
        lambda promotion, at: send_digests_due(promotion, at=at),
        deed="envoyer les bulletins de la semaine",
    )
    wake_after_commit()
