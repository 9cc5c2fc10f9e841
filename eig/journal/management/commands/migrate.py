"""Django's own, by the owner of the tables; then the application's account is given what it may do."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate

from eig.journal.owner import application, as_owner, grant, open_account


class Command(migrate.Command):
    def execute(self, *args: Any, **options: Any) -> str | None:
        """All of it, for the checks that precede speak to the database too."""
        only_looks = options["plan"] or options["check_unapplied"]
        account = None if only_looks else application()
        with as_owner():
            if account:
                open_account(*account)
            said = super().execute(*args, **options)
            if not only_looks and not options["app_label"]:
                call_command("createcachetable", verbosity=0)
            if account:
                grant(account[0])
        return said
