from importlib import import_module

from django.apps import AppConfig


class RankingConfig(AppConfig):
    name = "matching.ranking"
    label = "ranking"
    verbose_name = "vœux"

    def ready(self) -> None:
        """Declare what this step prints."""
        import_module("matching.ranking.documents")
