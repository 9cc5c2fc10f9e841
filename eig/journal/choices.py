from django.db import models


class Shown(models.TextChoices):
    """What was shown of a dossier."""

    DOSSIER = "dossier", "le dossier"
    FILE = "file", "un fichier"


class Reader(models.TextChoices):
    """As what somebody looked: all that the person concerned is told of them."""

    TEAM = "team", "l’équipe du programme"
    READER = "reader", "une personne qui évalue"
    JUROR = "juror", "un membre du jury"
