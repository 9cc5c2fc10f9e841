from importlib import import_module

from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "journey"
    label = "journey"
    verbose_name = "parcours"

    def ready(self) -> None:
        """Declare what the roof exports, what it tells of accounts, and what may be done to many messages."""
        import_module("journey.documents")
        import_module("journey.identity")
        import_module("journey.tasks")
