from django.apps import AppConfig


class WavesConfig(AppConfig):
    name = "eig.waves"
    label = "waves"
    verbose_name = "vagues"
