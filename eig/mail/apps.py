from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "eig.mail"
    label = "mail"
    verbose_name = "courriels"
