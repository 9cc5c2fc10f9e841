from django.apps import AppConfig


class FailuresConfig(AppConfig):
    name = "eig.failures"
    label = "failures"
    verbose_name = "échecs"
