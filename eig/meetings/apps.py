from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "eig.meetings"
    label = "meetings"
    verbose_name = "webinaires et rendez-vous"

    def ready(self) -> None:
        """Declare what is exported, and what may be done to many slots."""
        import_module("eig.meetings.documents")
        import_module("eig.meetings.tasks")
