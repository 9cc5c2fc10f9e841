"""One file at a time, for one question."""

from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from eig.dossiers.rules import QuestionView

Files: TypeAlias = "MultiValueDict[str, UploadedFile[Any]]"
SECTION = "rubrique"
EMPTY = "Choisissez un fichier, puis déposez-le."
LONG_NAME = "Le nom de ce fichier est trop long : raccourcissez-le."


class UploadForm(forms.Form):
    """A file field named after its question, so that the review page can link to it."""

    def __init__(
        self, question: QuestionView, *, files: "Files | None" = None, replacing: bool = False
    ) -> None:
        super().__init__(
            {} if files is not None else None,
            files,
            prefix="fichier",
            auto_id="%s",
            use_required_attribute=False,
        )
        self.question = question
        label = "Remplacer le fichier" if replacing else question.label
        self.fields[question.code] = forms.FileField(
            label=label,
            help_text=question.help,
            max_length=400,
            # The form of the section takes it, when no script has sent it as soon as it was chosen.
            widget=forms.FileInput(attrs={"accept": "application/pdf", "form": SECTION}),
            allow_empty_file=True,
            error_messages={"required": EMPTY, "max_length": LONG_NAME},
        )

    @property
    def bound_file(self) -> forms.BoundField:
        return self[self.question.code]
