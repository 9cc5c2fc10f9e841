"""Types of jurors, states of an audition, of a juror’s answer, of a computed timetable."""

from django.db.models import TextChoices


class JurorType(TextChoices):
    AGENT = "agent", "Agent public"
    DINUM = "dinum", "DINUM"
    OUTSIDE = "outside", "Personnalité extérieure"
    ALUMNI = "alumni", "Ancien·ne EIG"


class AuditionStatus(TextChoices):
    PLANNED = "planned", "À placer"
    PLACED = "placed", "Placée"
    HEARD = "heard", "Entendue"
    ABSENT = "absent", "Absence"
    CANCELLED = "cancelled", "Annulée"


class ProposalStatus(TextChoices):
    """An audition offered for a project outside the wishes; nobody is told of a refusal's reason."""

    SENT = "sent", "En attente de réponse"
    ACCEPTED = "accepted", "Acceptée"
    DECLINED = "declined", "Déclinée"
    EXPIRED = "expired", "Sans réponse à temps"
    WITHDRAWN = "withdrawn", "Retirée par l’équipe"


class Interpreter(TextChoices):
    NONE = "", "Aucun"
    SIGN = "sign", "Interprète en langue des signes française (LSF)"
    CUED = "cued", "Codage en langue française parlée complétée (LfPC)"
    CAPTION = "caption", "Transcription écrite simultanée"


class Round(TextChoices):
    """How an audition came to be planned."""

    FIRST = "first", "Premier tour : vœux"
    FALLBACK = "fallback", "Autre projet, avec accord"
    SECOND = "second", "Seconde audition"
    HAND = "hand", "Ajoutée par l’équipe"


class InvitationStatus(TextChoices):
    SENT = "sent", "Sans réponse"
    ACCEPTED = "accepted", "Vient"
    LIGHTER = "lighter", "Vient, moins de demi-journées"
    DECLINED = "declined", "Ne vient pas"


class PlanKind(TextChoices):
    WEEK = "week", "Semaine entière"
    REPLAN = "replan", "Replanification"


class PlanStatus(TextChoices):
    QUEUED = "queued", "En attente"
    RUNNING = "running", "En cours"
    READY = "ready", "Prêt à relire"
    APPLIED = "applied", "Appliqué"
    CANCELLED = "cancelled", "Arrêté"
    DISCARDED = "discarded", "Écarté"
    FAILED = "failed", "En échec"


class Presence(TextChoices):
    """Where a candidate is, on the day, as the room sees it."""

    EXPECTED = "expected", "Attendu·e"
    PRESENT = "present", "Présent·e"
    LATE = "late", "En retard"
    HEARD = "heard", "Entendu·e"
    ABSENT = "absent", "Absent·e"
    EXCUSED = "excused", "Excusé·e"


class MinutesStatus(TextChoices):
    FROZEN = "frozen", "À signer"
    SIGNED = "signed", "Signé"


# Where candidates of former promotions lived, by IANA name; nothing means Paris.
TIME_ZONES = (
    ("", "Paris (France hexagonale)"),
    ("America/Guadeloupe", "Guadeloupe, Martinique, Saint-Martin"),
    ("America/Cayenne", "Guyane"),
    ("America/Miquelon", "Saint-Pierre-et-Miquelon"),
    ("Indian/Reunion", "La Réunion"),
    ("Indian/Mayotte", "Mayotte"),
    ("Pacific/Noumea", "Nouvelle-Calédonie"),
    ("Pacific/Tahiti", "Polynésie française"),
    ("Pacific/Wallis", "Wallis-et-Futuna"),
    ("Europe/London", "Royaume-Uni, Irlande, Portugal"),
    ("Europe/Athens", "Europe orientale"),
    ("Africa/Tunis", "Algérie, Tunisie"),
    ("Africa/Dakar", "Sénégal, Côte d’Ivoire, Mali"),
    ("America/Toronto", "Amérique du Nord, côte est"),
    ("America/Los_Angeles", "Amérique du Nord, côte ouest"),
    ("America/Sao_Paulo", "Brésil"),
    ("Asia/Tokyo", "Japon, Corée"),
)
