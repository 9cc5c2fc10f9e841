from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "matching.interviews"
    label = "interviews"
    verbose_name = "auditions"
