from importlib import import_module

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "privacy"
    label = "privacy"
    verbose_name = "données personnelles"

    def ready(self) -> None:
        """Add its records to the emergency tool."""
        import_module("privacy.admin")
