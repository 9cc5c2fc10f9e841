from django.apps import AppConfig
from django.core.checks import Tags, register

from eig.diversity.checks import check_key, check_pools


class DiversityConfig(AppConfig):
    name = "eig.diversity"
    label = "diversity"
    verbose_name = "questionnaire anonyme"

    def ready(self) -> None:
        register(check_key, Tags.security, deploy=True)
        register(check_pools, Tags.database, deploy=True)
