from django.apps import AppConfig


class DiversityConfig(AppConfig):
    name = "eig.diversity"
    label = "diversity"
    verbose_name = "questionnaire anonyme"
