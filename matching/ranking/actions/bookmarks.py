"""Keep a project aside while hesitating. Private: nothing is journalled, nobody else reads it."""

from datetime import datetime

from candidates.models import Application
from matching.ranking.models import Bookmark
from projects.models import Project


def keep_aside(application: Application, *, project: Project, kept: bool, at: datetime) -> None:
    """Keep or let go; twice is once."""
    if kept:
        Bookmark.objects.get_or_create(application=application, project=project, defaults={"kept_at": at})
    else:
        Bookmark.objects.filter(application=application, project=project).delete()
