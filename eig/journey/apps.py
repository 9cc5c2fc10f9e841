from django.apps import AppConfig


class JourneyConfig(AppConfig):
    name = "eig.journey"
    label = "journey"
    verbose_name = "parcours"
