"""After a change of QUESTIONNAIRE_KEY: seal what waits with the new one, so that the former may go."""

from typing import Any

from django.core.management.base import BaseCommand

from eig.diversity.actions import reseal


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reseal()} pool(s) sealed again.")
