from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "matching.teams"
    label = "teams"
    verbose_name = "équipes"
