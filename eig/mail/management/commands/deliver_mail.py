"""Deliver what is due, without Celery: for a cron, an emergency, or a test that kills it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from eig.mail.delivery import deliver_due


class Command(BaseCommand):
    help = "Deliver the outbox's messages that are due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=10_000)

    def handle(self, *args: Any, **options: Any) -> None:
        delivered = deliver_due(limit=options["limit"])
        self.stdout.write(f"{delivered} delivered")
