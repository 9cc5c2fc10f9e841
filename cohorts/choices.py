"""States of a mission, moods of a week, people around a team."""

from django.db.models import TextChoices


class MemberStatus(TextChoices):
    """A person in the cohort.

    active: in mission, or about to begin.
    completed: went to the end; the certificate and the directory are open.
    left: ended before its term, with its date.
    """

    ACTIVE = "active", "En mission"
    COMPLETED = "completed", "Mission terminée"
    LEFT = "left", "Départ anticipé"


class Mood(TextChoices):
    GREAT = "great", "Excellent"
    GOOD = "good", "Bon"
    MIXED = "mixed", "Mitigé"
    HARD = "hard", "Difficile"


class CompanionRole(TextChoices):
    COACH = "coach", "Coach"
    MENTOR = "mentor", "Mentor"
    SPONSOR = "sponsor", "Sponsor"
    GODPARENT = "godparent", "Parrain ou marraine"
