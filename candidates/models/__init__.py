"""A person's application, its files, its readings and the decision taken on it."""

from candidates.models.application import Application, ApplicationTrade, Attachment
from candidates.models.decision import Decision
from candidates.models.reading import Review

__all__ = [
    "Application",
    "ApplicationTrade",
    "Attachment",
    "Decision",
    "Review",
]
