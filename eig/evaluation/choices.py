"""Stages of evaluation, states of a score sheet."""

from django.db.models import TextChoices


class Stage(TextChoices):
    PROJECT_READING = "project_reading", "Lecture des projets"
    APPLICATION_READING = "application_reading", "Lecture des candidatures"
    AUDITION = "audition", "Audition"


class SheetStatus(TextChoices):
    DRAFT = "draft", "À remplir"
    SIGNED = "signed", "Signée"
    RECUSED = "recused", "Déport"
