from django.apps import AppConfig


class RankingConfig(AppConfig):
    name = "matching.ranking"
    label = "ranking"
    verbose_name = "vœux"
