from importlib import import_module

from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "matching.interviews"
    label = "interviews"
    verbose_name = "auditions"

    def ready(self) -> None:
        """Declare what this step prints."""
        import_module("matching.interviews.documents")
