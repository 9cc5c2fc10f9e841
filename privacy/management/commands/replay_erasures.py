"""After a backup is restored: do again the erasures made since, from the log kept outside the database."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from eig.accounts.privacy import living
from privacy.actions import NotYet, erase_person
from privacy.choices import Cause


class Command(BaseCommand):
    help = "Erase again the people whose erasure the restored backup does not know. Run before reopening."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("log", nargs="?", default=str(settings.ERASURES_LOG))

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["log"])
        known = set(path.read_text().split()) if path.exists() else set()
        again = refused = 0
        for person in living().order_by("pk"):
            if hashlib.sha256(person.code.bytes).hexdigest() not in known:
                continue
            try:
                erase_person(person, at=timezone.now(), cause=Cause.REPLAYED)
                again += 1
            except NotYet as reason:
                refused += 1
                self.stderr.write(f"account {person.pk}: {reason}")
        self.stdout.write(f"erased again: {again}, refused: {refused}")
