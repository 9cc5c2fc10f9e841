from importlib import import_module

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "matching.teams"
    label = "teams"
    verbose_name = "équipes"

    def ready(self) -> None:
        """Declare what this step exports."""
        import_module("matching.teams.documents")
