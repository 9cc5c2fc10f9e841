"""Do what the worker does, without Celery, until asked to stop: deliver mails, print documents."""

import signal
import time
from typing import Any

from django.core.management.base import BaseCommand

from eig.documents.pdf import Press
from eig.documents.printing import print_next
from eig.mail.delivery import deliver_due

PAUSE_SECONDS = 0.5
MAILS_A_TURN = 100


class Command(BaseCommand):
    help = "Deliver mails and print documents until SIGTERM; the job under way is finished first."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        with Press() as press:
            while not self.stopping:
                busy = print_next(press)
                busy = bool(deliver_due(limit=MAILS_A_TURN)) or busy
                if not busy:
                    time.sleep(PAUSE_SECONDS)

    def _stop(self, *_: object) -> None:
        self.stopping = True
