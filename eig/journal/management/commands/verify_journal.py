"""Recompute the chain of the journal, and compare it with the heads that were published."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from eig.journal.actions import seal
from eig.journal.queries import faults_of_chain, last_link


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "head", nargs="*", help="« rank:hash », as a mail tells it; besides JOURNAL_HEADS"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        seal()
        published = Path(settings.JOURNAL_HEADS)
        lines = published.read_text().split() if published.exists() else []
        faults = faults_of_chain(published=[*lines, *options["head"]])
        for fault in faults:
            self.stderr.write(fault)
        rank, digest = last_link()
        self.stdout.write(f"{len(faults)} fault(s); {len(lines)} published head(s); head {rank}:{digest}")
        if faults:
            sys.exit(1)
