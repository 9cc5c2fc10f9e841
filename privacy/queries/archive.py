"""The copy of a person's data: one ZIP with a JSON file for machines, a page for people, and the files."""

import json
import re
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string

from eig.accounts.models import User
from eig.documents.choices import FileStatus
from privacy.queries.mine import Group, groups_of

HUGE = 400_000_000


def archive_of(person: User, *, at: datetime) -> bytes:
    """Everything that the page shows, whole.

    A file that was refused or is being checked is not given back.
    """
    groups = groups_of(person, at=at)
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("donnees.json", json.dumps(_plain(groups, at), ensure_ascii=False, indent=1))
        archive.writestr(
            "lisez-moi.html",
            render_to_string("privacy/archive.html", {"groups": groups, "person": person, "at": at}),
        )
        total = 0
        for rank, line in enumerate(line for group in groups for line in group.lines):
            document = line.document
            if (
                document is None
                or document.status != FileStatus.CLEAN
                or document.media_type == "application/zip"
            ):
                continue
            total += document.size
            if total > HUGE:
                break
            with document.file.open("rb") as file:
                archive.writestr(f"fichiers/{rank + 1:03d}-{_safe(document.name)}", file.read())
    return buffer.getvalue()


def _safe(name: str) -> str:
    return re.sub(r"[^\w.\- ]", "_", name)


def _plain(groups: list[Group], at: datetime) -> dict[str, Any]:
    return {
        "fait_le": at.isoformat(),
        "groupes": [
            {
                "titre": group.purpose.title,
                "pourquoi": group.purpose.why,
                "base_legale": group.purpose.basis,
                "conservation": group.kept,
                "donnees": [{"nature": line.title, **line.raw} for line in group.lines],
            }
            for group in groups
        ],
    }
