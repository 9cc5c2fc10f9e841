from importlib import import_module

from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "candidates"
    label = "candidates"
    verbose_name = "candidatures"

    def ready(self) -> None:
        """Declare what this step prints and exports."""
        import_module("candidates.documents")
        import_module("candidates.tasks")
