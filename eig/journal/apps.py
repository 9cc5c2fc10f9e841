from typing import ClassVar

from django.apps import AppConfig
from django.core.checks import Tags, register

from eig.journal.owner import check_accounts


class JournalConfig(AppConfig):
    name = "eig.journal"
    label = "journal"
    verbose_name = "journal"
    # What the application's account of the database may not do (decision 18).
    closed: ClassVar = {
        "journal_entry": ("UPDATE", "DELETE"),
        "journal_link": ("INSERT", "UPDATE", "DELETE"),
        "journal_head": ("UPDATE", "DELETE"),
        "journal_consultation": ("UPDATE",),
        "django_migrations": ("INSERT", "UPDATE", "DELETE"),
    }

    def ready(self) -> None:
        register(check_accounts, Tags.database, deploy=True)
