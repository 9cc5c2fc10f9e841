"""States of a mission, moods of a week, people around a team."""

from django.db.models import TextChoices


class MemberStatus(TextChoices):
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
