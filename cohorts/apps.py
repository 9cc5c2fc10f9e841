from importlib import import_module

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "cohorts"
    label = "cohorts"
    verbose_name = "promotion en cours"

    def ready(self) -> None:
        """Declare what this step prints and exports, and what may be done to many members."""
        import_module("cohorts.documents")
        import_module("cohorts.tasks")
