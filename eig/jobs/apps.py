from django.apps import AppConfig

from eig.celery import app


class JobsConfig(AppConfig):
    name = "eig.jobs"
    label = "jobs"
    verbose_name = "travaux"
    # Whoever imports a task finds our Celery app, and its broker, behind it.
    celery = app
