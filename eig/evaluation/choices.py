"""Stages of evaluation, states of a score sheet."""

from django.db.models import TextChoices


class Stage(TextChoices):
    PROJECT_READING = "project_reading", "Lecture des projets"
    APPLICATION_READING = "application_reading", "Lecture des candidatures"
    AUDITION = "audition", "Audition"


class SheetStatus(TextChoices):
    """One person's marks on one object.

    draft: being filled; nobody else reads it.
    signed: frozen, and counted in the means.
    recused: its author stepped aside, or it was taken back; it counts for nothing.
    """

    DRAFT = "draft", "À remplir"
    SIGNED = "signed", "Signée"
    RECUSED = "recused", "Déport"


class Many(TextChoices):
    """What may be done to many dossiers at once, and is kept row by row (`eig.listing`)."""

    ASSIGN = "assign", "Confier à un lecteur ou une lectrice"
