from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "eig.privacy"
    label = "privacy"
    verbose_name = "données personnelles"
