from django.apps import AppConfig
from django.core.checks import Tags, register

from eig.journal.owner import check_accounts


class JournalConfig(AppConfig):
    name = "eig.journal"
    label = "journal"
    verbose_name = "journal"

    def ready(self) -> None:
        register(check_accounts, Tags.database, deploy=True)
