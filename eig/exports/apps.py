from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "eig.exports"
    label = "exports"
    verbose_name = "exports"
