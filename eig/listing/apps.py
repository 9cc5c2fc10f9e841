from django.apps import AppConfig


class ListingConfig(AppConfig):
    name = "eig.listing"
    label = "listing"
    verbose_name = "listes de l’équipe"
