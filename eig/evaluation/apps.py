from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "eig.evaluation"
    label = "evaluation"
    verbose_name = "évaluation"
