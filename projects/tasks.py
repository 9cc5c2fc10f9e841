"""The doors of the worker: deeds on many projects, the brochure of the call, reminders of visas."""

from celery import shared_task

from eig.documents.tasks import wake_workshop_after_commit
from eig.evaluation.actions import NotAReader, ReaderBarred, ReadingOver, assign_many
from eig.evaluation.choices import Many
from eig.evaluation.queries import assigning
from eig.listing.lists import Deed, declare_deeds
from eig.mail.tasks import wake_after_commit
from eig.promotions.actions import in_each_promotion
from projects.actions import refresh_call_brochure
from projects.actions import remind_visas as write_reminders
from projects.actions.bulk import REFUSALS, accept
from projects.forms import AssignProjectsForm
from projects.models import Review
from projects.queries import PROJECTS
from projects.queries.bulk import accepting

declare_deeds(
    PROJECTS,
    {
        "accept": Deed("Déclarer recevables", do=accept, refusals=REFUSALS, judge=accepting),
        str(Many.ASSIGN): Deed(
            str(Many.ASSIGN.label),
            do=assign_many(Review),
            refusals=(NotAReader, ReaderBarred, ReadingOver),
            judge=assigning(Review),
            form=AssignProjectsForm,
        ),
    },
)


@shared_task
def refresh_call_brochures() -> None:
    """Print again the brochures that no longer tell the call as it is."""
    in_each_promotion(
        "refresh_call_brochure",
        lambda promotion, at: refresh_call_brochure(promotion, by=None, at=at),
        deed="imprimer la brochure de l’appel",
    )
    wake_workshop_after_commit()


@shared_task
def remind_visas() -> None:
    in_each_promotion(
        "remind_visas",
        lambda promotion, at: write_reminders(promotion, at=at),
        deed="rappeler les visas demandés",
    )
    wake_after_commit()
