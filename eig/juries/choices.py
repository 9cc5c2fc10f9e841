"""On which side of a promotion a person stands, and what those who judge are there for."""

from django.db.models import TextChoices


class Stand(TextChoices):
    APPLIES = "applies", "Candidate"
    JUDGES = "judges", "Évalue"


class Duty(TextChoices):
    """What makes a person one of those who judge; the codes of the readings are those of their grids."""

    PROJECT_READING = "project_reading", "Lecture des projets"
    APPLICATION_READING = "application_reading", "Lecture des candidatures"
    PROJECT_JURY = "project_jury", "Jurys de projets"
    AUDITION = "audition", "Jurys d’audition"
