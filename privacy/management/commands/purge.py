"""Erase what has come to the end of its time; with --dry-run, only say what would be."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from privacy.actions import give_notices, purge, remove_expired_copies


class Command(BaseCommand):
    help = "Warn the people concerned, then erase what is past its retention, with a proof of each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be erased, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now, dry_run = timezone.now(), options["dry_run"]
        if not dry_run:
            self.stdout.write(f"warned: {give_notices(at=now)}")
        for purged in purge(at=now, dry_run=dry_run):
            where = purged.term.promotion_code or "service"
            self.stdout.write(f"{where}: {purged.term.clock.code}: {purged.count}")
        if not dry_run:
            remove_expired_copies(at=now)
        self.stdout.write("nothing was changed" if dry_run else "done")
