"""Formats of an export, states of its making."""

from django.db.models import TextChoices


class Format(TextChoices):
    XLSX = "xlsx", "Excel (XLSX)"
    ODS = "ods", "LibreOffice (ODS)"
    CSV = "csv", "Texte (CSV)"


MEDIA_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Format.CSV: "text/csv; charset=utf-8",
}


class Status(TextChoices):
    QUEUED = "queued", "En attente"
    RUNNING = "running", "En préparation"
    READY = "ready", "Prêt"
    FAILED = "failed", "En échec"
    CANCELLED = "cancelled", "Annulé"
    EXPIRED = "expired", "Effacé"


UNDER_WAY = (Status.QUEUED, Status.RUNNING)
