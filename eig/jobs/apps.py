from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "eig.jobs"
    label = "jobs"
    verbose_name = "travaux"
