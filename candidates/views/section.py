"""What a section of an application shows besides its answers: files, the calculator of years."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from candidates.forms import UploadForm
from candidates.models import Application
from candidates.queries import FileShown
from eig.dossiers.choices import QuestionType
from eig.dossiers.rules import QuestionView, SectionView


@dataclass(frozen=True, slots=True)
class Upload:
    """A file question on its page: what was sent, the field to send more; what a correction would replace."""

    question: QuestionView
    files: Sequence[Any]
    form: UploadForm
    kept: Sequence[str] = ()

    @property
    def may_add(self) -> bool:
        return self.question.most_files == 1 or len(self.files) < self.question.most_files


def uploads_of(
    section: SectionView, files: Sequence[FileShown], *, refused: Sequence[UploadForm] = ()
) -> list[Upload]:
    """The file questions of a section; `refused` are the forms of the files that were not accepted."""
    found = []
    again = {form.question.code: form for form in refused}
    for question in section.files:
        mine = tuple(file for file in files if file.attachment.question == question.code)
        single = question.most_files == 1
        form = again.get(question.code) or UploadForm(question, replacing=bool(mine) and single)
        found.append(Upload(question, mine, form))
    return found


def _experience_url(application: Application, section: SectionView) -> str:
    """The calculator, where the years of experience are asked."""
    if not any(question.type == QuestionType.YEARS for question in section.written):
        return ""
    return reverse("candidates:experience_calculate", args=[application.code])


def section_shown(
    application: Application, section: SectionView, files: Sequence[FileShown], refused: Sequence[UploadForm]
) -> dict[str, Any]:
    """What the page of a section of an application shows besides its answers."""
    return {
        "experience_url": _experience_url(application, section),
        "uploads": uploads_of(section, files, refused=refused),
        "refused_files": refused,
        "files_template": "candidates/uploads.html" if section.files else "",
    }
