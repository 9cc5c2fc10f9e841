"""Types of jurors, states of an audition, of a juror’s answer, of a computed timetable."""

from django.db.models import TextChoices


class AuditionStatus(TextChoices):
    """One person heard for one project.

    planned: decided, without a slot.
    placed: it has a slot; the person knows it once `told_at`.
    heard: it took place; jurors sign their cards.
    absent: the person did not come; it may be placed again.
    cancelled: it does not take place; slot and blank cards are freed.
    """

    PLANNED = "planned", "À placer"
    PLACED = "placed", "Placée"
    HEARD = "heard", "Entendue"
    ABSENT = "absent", "Absence"
    CANCELLED = "cancelled", "Annulée"


class ProposalStatus(TextChoices):
    """An audition offered for a project outside the wishes; nobody is told of a refusal's reason.

    sent: the person may answer until `expires_at`; one at a time.
    accepted: an audition was planned from it.
    declined: the person said no to this project only; it is not offered again.
    expired: no answer in time; as a refusal, without the person having said it.
    withdrawn: the team, or the project's withdrawal, took it back.
    """

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
    """What a juror answers when asked to sit.

    sent: asked by a personal link; no answer yet.
    accepted: comes, on the half-days ticked.
    lighter: comes, for fewer half-days than asked.
    declined: does not come; counts in no panel.
    """

    SENT = "sent", "Sans réponse"
    ACCEPTED = "accepted", "Vient"
    LIGHTER = "lighter", "Vient, moins de demi-journées"
    DECLINED = "declined", "Ne vient pas"


# In a filter only: a juror who was not asked has no invitation, so no state.
NOT_INVITED = "none"


class PlanKind(TextChoices):
    WEEK = "week", "Semaine entière"
    REPLAN = "replan", "Replanification"


class PlanStatus(TextChoices):
    """A timetable computed by a worker.

    queued: asked for; the next free worker takes it.
    running: a worker searches under a lease.
    ready: found and checked; a person reads it before anything moves.
    applied: panels, seats and auditions were written from it.
    cancelled: a person stopped it before its end.
    discarded: a person read it and did not want it.
    failed: the search gave nothing, or its worker was lost too often.
    """

    QUEUED = "queued", "En attente"
    RUNNING = "running", "En cours"
    READY = "ready", "Prêt à relire"
    APPLIED = "applied", "Appliqué"
    CANCELLED = "cancelled", "Arrêté"
    DISCARDED = "discarded", "Écarté"
    FAILED = "failed", "En échec"


class Presence(TextChoices):
    """Where a candidate is, on the day, as the room sees it.

    expected: not seen yet.
    present: there; the room's timer may start.
    late: not there at the hour; still expected.
    heard: the audition began and ended.
    absent: did not come and did not say why.
    excused: does not come, and said why.
    """

    EXPECTED = "expected", "Attendu·e"
    PRESENT = "present", "Présent·e"
    LATE = "late", "En retard"
    HEARD = "heard", "Entendu·e"
    ABSENT = "absent", "Absent·e"
    EXCUSED = "excused", "Excusé·e"


class MinutesStatus(TextChoices):
    """The minutes of a panel.

    frozen: written from data, hashed, waiting for signatures; nothing they speak of changes any more.
    signed: each member signed, or was recorded as prevented.
    """

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
