from importlib import import_module

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "cohorts"
    label = "cohorts"
    verbose_name = "promotion en cours"

    def ready(self) -> None:
        """Declare what this step prints."""
        import_module("cohorts.documents")
