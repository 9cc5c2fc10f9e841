"""Build the demonstration: a whole promotion with invented people, up to a phase."""

import sys
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.worlds import PHASES, build
from eig.promotions.models import Promotion
from rehearsal.corpus import SEED


class Command(BaseCommand):
    help = "Build the demonstration up to a phase, by calling the real actions at past instants."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--phase", choices=PHASES, default="teams")
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--if-empty", action="store_true", help="do nothing when a promotion exists")

    def handle(self, *args: Any, **options: Any) -> None:
        # On an empty folder too. Nothing to do where bin/start has been.
        call_command("migrate", verbosity=0, interactive=False)
        if Promotion.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError(
                "A promotion exists already. The demonstration is built in an empty database: "
                "use another data folder (EIG_DATA or --data)."
            )
        started = time.monotonic()
        built = build(options["phase"], now=timezone.now(), seed=options["seed"], tell=self._tell)
        self.stdout.write("")
        self.stdout.write(
            f"EIG 6 is at « {options['phase']} »: {built.events} events, {time.monotonic() - started:.0f} s."
        )

    def _tell(self, label: str, done: int, left: int) -> None:
        if done % 25 == 0 or left == 0:
            share = done / (done + left)
            bar = "█" * int(share * 30)
            self.stdout.write(f"\r  {bar:<30} {share:4.0%}  {label:<40.40}", ending="")
            sys.stdout.flush()
