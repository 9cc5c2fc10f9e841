"""On which side of a promotion a person stands, why they judge, where jurors come from."""

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


class JurorKind(TextChoices):
    """Where a juror comes from: juries mix them."""

    AGENT = "agent", "Agent public"
    DINUM = "dinum", "DINUM"
    OUTSIDE = "outside", "Personnalité extérieure"
    ALUMNI = "alumni", "Ancien·ne EIG"
