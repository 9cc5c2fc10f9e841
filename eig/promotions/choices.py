"""Stable codes and French labels of the programme."""

from django.db.models import TextChoices


class PhaseKind(TextChoices):
    """The dated intervals of a promotion; they may overlap (règlement EIG6, calendrier)."""

    PROJECTS = "projects", "Appel à projets"
    PROJECT_REVIEW = "project_review", "Sélection des projets"
    APPLICATIONS = "applications", "Appel à candidatures"
    SHORTLIST = "shortlist", "Présélection des candidatures"
    REVEAL = "reveal", "Publication des projets lauréats"
    RANKING = "ranking", "Expression des vœux"
    AUDITIONS = "auditions", "Auditions"
    DELIBERATION = "deliberation", "Délibération"
    ANNOUNCEMENT = "announcement", "Annonce des résultats"
    ACCEPTANCE = "acceptance", "Réponse aux propositions"
    MISSION = "mission", "Mission de la promotion"


class Employer(TextChoices):
    ADMINISTRATION = "administration", "l’administration d’accueil"
    DINUM = "dinum", "la DINUM"


class Audience(TextChoices):
    """Who a reminder is for, and what they have left to do."""

    DRAFT_PROJECT = "draft_project", "Projets en brouillon"
    DRAFT_APPLICATION = "draft_application", "Candidatures en brouillon"
    UNCERTIFIED_RANKING = "uncertified_ranking", "Vœux non certifiés"
    UNANSWERED_PROPOSAL = "unanswered_proposal", "Auditions proposées sans réponse"
    UPCOMING_AUDITION = "upcoming_audition", "Auditions à venir"
    UNANSWERED_OFFER = "unanswered_offer", "Propositions sans réponse"
