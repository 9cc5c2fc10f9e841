"""Do what the worker does, without Celery, until asked to stop: mails, documents, timetables."""

import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from eig.documents.pdf import Press
from eig.documents.printing import print_next
from eig.mail.delivery import deliver_due
from matching.interviews.actions.search import solve_next

PAUSE_SECONDS = 0.5
MAILS_A_TURN = 100


class Command(BaseCommand):
    help = "Deliver mails and print documents until SIGTERM; the job under way is finished first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--without-timetables",
            action="store_true",
            help="leave computed timetables to somebody else: a rehearsal computes its own, at its own clock",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        # A timetable takes up to minutes: mails do not wait for it.
        if not options["without_timetables"]:
            threading.Thread(target=self._plan, daemon=True).start()
        with Press() as press:
            while not self.stopping:
                busy = print_next(press)
                busy = bool(deliver_due(limit=MAILS_A_TURN)) or busy
                if not busy:
                    time.sleep(PAUSE_SECONDS)

    def _plan(self) -> None:
        while not self.stopping:
            if not solve_next(timezone.now):
                connection.close()
                time.sleep(PAUSE_SECONDS)

    def _stop(self, *_: object) -> None:
        self.stopping = True
