from importlib import import_module
from typing import ClassVar

from django.apps import AppConfig


class RankingConfig(AppConfig):
    name = "matching.ranking"
    label = "ranking"
    verbose_name = "vœux"
    # What matching reads is not rewritten (eig.journal.owner).
    closed: ClassVar = {"ranking_snapshot": ("UPDATE", "DELETE")}

    def ready(self) -> None:
        """Declare what this step prints."""
        import_module("matching.ranking.documents")
