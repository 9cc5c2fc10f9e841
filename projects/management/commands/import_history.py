"""Import the défis of past promotions from the published file (docs/history-import.md)."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from projects.actions.history import ImportReport, as_rows, import_history
from projects.rules.history import Unreadable

LARGEST = 20 * 1024 * 1024
MOST_ENTRIES = 5000


class Command(BaseCommand):
    help = "Import the défis of past promotions from a JSON or CSV file; twice does no more than once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the published file, .json or .csv, in UTF-8")
        parser.add_argument(
            "--create-promotions", action="store_true", help="open the archived promotions that are unknown"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = self._read(options["file"])
        with transaction.atomic():
            report = import_history(
                rows, by=None, at=timezone.now(), create_promotions=options["create_promotions"]
            )
            if options["dry_run"]:
                transaction.set_rollback(True)
        self._tell(report, read=len(rows), dry=options["dry_run"])

    def _read(self, path: Path) -> list[object]:
        try:
            if path.stat().st_size > LARGEST:
                raise CommandError(f"{path.name} is larger than {LARGEST // 1024 // 1024} MB.")
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{path.name} is not in UTF-8.") from error
        try:
            rows = list(self._rows(text, is_csv=path.suffix.lower() == ".csv"))
        except (ValueError, RecursionError, csv.Error, Unreadable) as error:
            raise CommandError(
                f"{path.name} is not what docs/history-import.md describes: {error}."
            ) from error
        if len(rows) > MOST_ENTRIES:
            raise CommandError(f"{path.name} holds more than {MOST_ENTRIES} entries.")
        return rows

    def _rows(self, text: str, *, is_csv: bool) -> Any:
        if not is_csv:
            return as_rows(json.loads(text))
        header = text.partition("\n")[0]
        return csv.DictReader(
            io.StringIO(text), delimiter=";" if header.count(";") > header.count(",") else ","
        )

    def _tell(self, report: ImportReport, *, read: int, dry: bool) -> None:
        counts = report.counts
        self.stdout.write(
            f"{read} entries: {counts['added']} pages added, {counts['changed']} changed, "
            f"{counts['unchanged']} unchanged, {len(report.skipped)} entries skipped."
        )
        for label, why in report.skipped:
            self.stdout.write(f"  skipped {label}: {why}")
        if dry:
            self.stdout.write("Dry run: nothing was written.")
