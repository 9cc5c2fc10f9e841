"""The page of a section of the dossier: its form, its files, what was refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from candidates.forms import UploadForm
from candidates.models import Application
from candidates.queries import FileShown, attached_codes, files_of
from eig.accounts.doors import SignedInRequest
from eig.dossiers.choices import QuestionType
from eig.dossiers.pages import Attempt, section_context
from eig.dossiers.rules import FormView, QuestionView, SectionView


def address_of(application: Application, section: str) -> str:
    return reverse("candidates:application_edit", args=[application.code, section])


@dataclass(frozen=True, slots=True)
class Upload:
    """A file question on its page: what was sent, and the field to send more."""

    question: QuestionView
    files: tuple[FileShown, ...]
    form: UploadForm
    may_add: bool


def uploads_of(
    section: SectionView, files: Sequence[FileShown], *, refused: UploadForm | None = None
) -> list[Upload]:
    """The file questions of a section; `refused` is the form of a file that was not accepted."""
    found = []
    for question in section.files:
        mine = tuple(file for file in files if file.attachment.question == question.code)
        single = question.most_files == 1
        again = refused if refused and refused.question.code == question.code else None
        form = again or UploadForm(question, replacing=bool(mine) and single)
        found.append(Upload(question, mine, form, single or len(mine) < question.most_files))
    return found


def answers_url(application: Application) -> str:
    """The door of `answer_save`, less the code of the question."""
    return reverse("candidates:answer_save", args=[application.code, "_"]).removesuffix("_/")


def _experience_url(application: Application, section: SectionView) -> str:
    """The calculator, where the years of experience are asked."""
    if not any(question.type == QuestionType.YEARS for question in section.written):
        return ""
    return reverse("candidates:experience_calculate", args=[application.code])


def section_page(
    request: SignedInRequest,
    application: Application,
    *,
    form: FormView,
    section: SectionView,
    attempt: Attempt | None = None,
    upload: UploadForm | None = None,
) -> HttpResponse:
    """The page of a section, after a save or a refused file; a save that is whole goes on."""
    files = files_of(application, form)
    context = section_context(
        form,
        section,
        dossier=application,
        attempt=attempt,
        attached=attached_codes(files),
        address=partial(address_of, application),
        review_url=reverse("candidates:application_review", args=[application.code]),
    )
    if attempt and attempt.is_saved:
        messages.success(request, f"La rubrique « {section.title} » est enregistrée.")
        onward = request.POST.get("then") == "next"
        return redirect(context["next_url"] if onward else address_of(application, section.code))
    status = attempt.status if attempt else 422 if upload else 200
    context |= {
        "application": application,
        "promotion": application.promotion,
        "answers_url": answers_url(application),
        "history_url": reverse("candidates:revision_list", args=[application.code]),
        "experience_url": _experience_url(application, section),
        "uploads": uploads_of(section, files, refused=upload),
        "upload": upload,
        "files_template": "candidates/uploads.html" if section.files else "",
    }
    return render(request, "candidates/application_edit.html", context, status=status)
