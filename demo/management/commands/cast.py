"""Print who to sign in as in the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from demo.cast import cast


class Command(BaseCommand):
    help = "Print the cast of the demonstration: one person per part that exists today."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            return
        roles = cast()
        width = max((len(str(role.person)) for role in roles), default=0)
        for role in roles:
            self.stdout.write(f"  {role.person!s:<{width}}  {role.title}")
        if roles:
            self.stdout.write(f"  One click each: {settings.SITE_URL}/demonstration/")
