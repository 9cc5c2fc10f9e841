from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "eig.documents"
    label = "documents"
    verbose_name = "documents"
