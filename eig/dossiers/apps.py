from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "eig.dossiers"
    label = "dossiers"
    verbose_name = "dossiers"
