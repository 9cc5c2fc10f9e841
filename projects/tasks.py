"""The doors of the worker: projects as a table to export, the brochure of the call, reminders of visas."""

from collections.abc import Iterator, Mapping
from typing import Any

from celery import shared_task
from django.http import QueryDict

from eig.accounts.models import User
from eig.documents.tasks import wake_workshop_after_commit
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.exports.rules import Cell, Column
from eig.exports.sources import Table, register
from eig.mail.tasks import wake_after_commit
from eig.promotions.actions import in_each_promotion
from eig.promotions.models import Promotion
from projects.actions import refresh_call_brochure
from projects.actions import remind_visas as write_reminders
from projects.forms import ProjectFilterForm
from projects.queries import mark_of, projects_filtered, projects_listed

ROWS_AT_ONCE = 500
COLUMNS = (
    Column("Numéro", width=16),
    Column("Projet", width=40),
    Column("Administration", width=36),
    Column("Type d’administration", width=24),
    Column("Postes", width=44),
    Column("Places", "number", 8),
    Column("État", width=20),
    Column("Déposé le", "moment", 18),
    Column("Lectures signées", "number", 10),
    Column("Note sur 5", "number", 10),
    Column("Personnes du projet", width=44),
)


def build_projects(promotion: Promotion, given: Mapping[str, Any], by: User) -> Table:
    """The staff's list as it was filtered, with the positions and the writers' addresses."""
    data = QueryDict(mutable=True)
    for name, values in given.items():
        data.setlist(name, values)
    criteria = ProjectFilterForm(data, promotion=promotion).criteria()
    rows = projects_filtered(projects_listed(promotion), **criteria)
    weight = grid_of(promotion, Stage.PROJECT_READING).total_weight
    full = rows.prefetch_related("positions__trade", "leads__person")

    def cells() -> Iterator[list[Cell]]:
        for row in full.iterator(chunk_size=ROWS_AT_ONCE):
            positions = row.positions.all()
            administration = row.administration
            yield [
                row.number,
                row.title,
                administration.name if administration else "",
                administration.get_kind_display() if administration else "",
                ", ".join(f"{item.trade.label} ({item.expertise})" for item in positions),
                sum(item.seats for item in positions),
                row.get_status_display(),
                row.submitted_at,
                row.reviews_signed,
                mark_of(row, weight=weight),
                ", ".join(item.person.email for item in row.leads.all()),
            ]

    return Table(columns=COLUMNS, total=rows.count(), rows=cells())


register("projets", title="Projets", build=build_projects)


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
