"""Run a whole promotion, first call to alumni, in a database of its own; fail when a rule is broken."""

import gc
import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rehearsal.corpus import SEED
from rehearsal.running import Report, rehearse
from rehearsal.scratch import run_in_scratch

INSIDE = "--inside"


class Command(BaseCommand):
    help = "Rehearse a whole promotion and check every rule. Nothing of the living database is touched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument(
            "--fewer",
            type=int,
            default=0,
            help="leave out so many of the candidates whom all their readers decline (of 183): it is quicker",
        )
        parser.add_argument(
            "--template",
            default="template0",
            help="start from a copy of this empty database, already migrated (or nearly): it is quicker",
        )
        parser.add_argument(
            INSIDE, action="store_true", help="run in the present database, which must be empty"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["inside"]:
            self.stdout.write("A promotion is rehearsed in a database of its own…")
            deed = ("rehearse", INSIDE, f"--seed={options['seed']}", f"--fewer={options['fewer']}")
            if status := run_in_scratch(*deed, template=options["template"]):
                raise CommandError("The rehearsal failed.", returncode=status)
            return
        call_command("migrate", verbosity=0)
        # What is imported stays: the collector need not look at it again at each of a million objects.
        gc.collect()
        gc.freeze()
        gc.set_threshold(100_000, 20, 100)
        report = rehearse(tell=self._tell, seed=options["seed"], fewer=options["fewer"])
        self._print(report)
        if report.broken:
            raise CommandError(f"{len(report.broken)} rule(s) broken.")

    def _tell(self, label: str, done: int, left: int) -> None:
        if done % 20 == 0 or left == 0:
            share = done / (done + left)
            bar = "█" * int(share * 30)
            self.stdout.write(f"\r  {bar:<30} {share:4.0%}  {label:<44.44}", ending="")
            sys.stdout.flush()

    def _print(self, report: Report) -> None:
        self.stdout.write(f"\n\n{report.events} events, {report.entries} journal entries")
        self._table("Volumes", report.counts)
        self._table("Mails, each sent once", report.mails)
        self._table("PDF, all tagged", report.prints)
        self._table("Refused, as they must be", dict.fromkeys(report.refused, 1))
        self._table("Seconds", {name: round(value) for name, value in report.seconds.items()})
        for sentence in report.broken:
            self.stderr.write(f"BROKEN: {sentence}")
        self.stdout.write(f"\n{report.checks} checks, {len(report.broken)} rule(s) broken.")

    def _table(self, title: str, rows: dict[str, int]) -> None:
        self.stdout.write(f"\n{title} ({sum(rows.values())})")
        for label, count in rows.items():
            self.stdout.write(f"  {count:>6}  {label}")
