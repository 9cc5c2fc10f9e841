from importlib import import_module

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    label = "projects"
    verbose_name = "projets"

    def ready(self) -> None:
        """Declare what this step prints."""
        for module in (
            "projects.documents",
            "projects.documents.hearing",
            "projects.documents.letter",
            "projects.tasks",
        ):
            import_module(module)
