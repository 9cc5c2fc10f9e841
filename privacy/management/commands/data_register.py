"""Print the register of processing, from what each package declares: the table of docs/personal-data.md."""

from typing import Any

from django.core.management.base import BaseCommand

from privacy.queries.mine import kept_words
from privacy.register import clocks, purposes, records


class Command(BaseCommand):
    help = "Print the register as Markdown, to be kept in docs/personal-data.md (a test compares them)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("\n".join(register_lines()))


def register_lines() -> list[str]:
    lines = [
        "| traitement | pourquoi | base légale | où | qui y a accès | combien de temps | à l’effacement |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for code, purpose in purposes().items():
        where = sorted({record.model._meta.db_table for record in records() if record.purpose == code})
        cells = [
            purpose.title,
            purpose.why,
            purpose.basis,
            ", ".join(f"`{table}`" for table in where),
            purpose.seen_by,
            kept_words(purpose),
            purpose.erasure,
        ]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "| horloge | depuis | mois | réglée par | préavis |", "| --- | --- | --- | --- | --- |"]
    for clock in clocks().values():
        by, told = (
            ("la promotion" if clock.promotion else "le service"),
            ("30 jours" if clock.person else "–"),
        )
        lines.append(f"| {clock.title} | {clock.since} | {clock.months} | {by} | {told} |")
    return lines
