"""The application's entry in Django's registry."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "eig.design"
    label = "design"
    verbose_name = "Habillage"
