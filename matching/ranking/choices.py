"""States of a ranking."""

from django.db.models import TextChoices


class Status(TextChoices):
    DRAFT = "draft", "À certifier"
    CERTIFIED = "certified", "Certifié"
