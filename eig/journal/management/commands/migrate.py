"""Django's own, by the owner of the tables; then the application's account is given what it may do."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection

from eig.journal.owner import as_owner, grant, open_account


class Command(migrate.Command):
    def execute(self, *args: Any, **options: Any) -> str | None:
        """All of it, for the checks that precede speak to the database too."""
        application = connection.settings_dict["USER"], connection.settings_dict["PASSWORD"]
        has_two = settings.DATABASE_OWNER is not None and settings.DATABASE_OWNER["USER"] != application[0]
        with as_owner():
            if has_two:
                open_account(*application)
            said = super().execute(*args, **options)
            whole = not options["app_label"] and not options["plan"] and not options["check_unapplied"]
            if whole:
                call_command("createcachetable", verbosity=0)
            if has_two and whole:
                grant(application[0])
        return said
