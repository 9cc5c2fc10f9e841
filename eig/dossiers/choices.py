"""Kinds of forms and of questions."""

from django.db.models import TextChoices


class FormKind(TextChoices):
    PROJECT = "project", "Dossier de projet"
    APPLICATION = "application", "Dossier de candidature"


class CorrectionStatus(TextChoices):
    """Answers of a dossier opened again at the team's request.

    asked: these answers, and they alone, may change until `due_at`.
    answered: sent back in time; a new receipt was made.
    expired: the delay passed; the dossier is as it was.
    cancelled: the team took its request back; the dossier is as it was.
    """

    ASKED = "asked", "Attendue"
    ANSWERED = "answered", "Reçue"
    EXPIRED = "expired", "Restée sans réponse"
    CANCELLED = "cancelled", "Annulée"


class QuestionType(TextChoices):
    TEXT = "text", "Texte court"
    LONG_TEXT = "long_text", "Texte long"
    EMAIL = "email", "Adresse électronique"
    PHONE = "phone", "Téléphone"
    URL = "url", "Adresse d’un site"
    INTEGER = "integer", "Nombre entier"
    YEARS = "years", "Années d’expérience"
    YES_NO = "yes_no", "Oui ou non"
    CHOICE = "choice", "Choix unique"
    CHOICES = "choices", "Choix multiples"
    ATTESTATION = "attestation", "Attestation"
    DATE = "date", "Date"
    PLACE = "place", "Ville et code postal"
    PERSON = "person", "Personne"
    ADMINISTRATION = "administration", "Administration"
    ADMINISTRATIONS = "administrations", "Administrations"
    TEAM_TABLE = "team_table", "Équipe projet"
    POSITIONS = "positions", "Profils recherchés"
    TRADES = "trades", "Métiers"
    FILE = "file", "Fichier"
    FILES = "files", "Fichiers"


FILE_TYPES = frozenset({QuestionType.FILE, QuestionType.FILES})
