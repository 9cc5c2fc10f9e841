"""What differs from one step's dossiers to another's once handed in: a step says it in a frozen object."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from eig.accounts.models import User
from eig.dossiers.choices import FormKind
from eig.dossiers.models import Correction, Dossier
from eig.dossiers.rules import FormView

Files = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class CorrectionKind:
    """How a step corrects its dossiers; its doors are `correction_edit` and `staff_correction_detail`."""

    model: type[Correction]
    form: FormKind
    # The namespace of its doors.
    app: str
    # The states of a dossier in which its answers may be asked again.
    allowed: Collection[str]
    # What letters and pages read of the dossier.
    related: Sequence[str]
    # « Le projet « Rivages » », as the person and as the team say it; and who is written to.
    subject: Callable[[Any], str]
    people: Callable[[Any], Sequence[User]]
    # Sets right what the step derives from the answers of a locked dossier; returns the digests of its files.
    settle: Callable[[Any, Any, FormView], Files]
    # The file questions that are answered, by the dossier or by what was sent with the correction.
    attached: Callable[[Any, FormView], Collection[str]] = lambda correction, form: ()

    @property
    def rows(self) -> QuerySet[Any]:
        """Its corrections, with their dossier and who asked."""
        dossier = self.model.DOSSIER
        related = [f"{dossier}__{name}" for name in ("promotion", *self.related)]
        return self.model._default_manager.select_related(*related, "asked_by").order_by("pk")

    def path(self, correction: Correction) -> str:
        """Where it is answered."""
        return reverse(f"{self.app}:correction_edit", args=[correction.dossier.code, correction.code])

    def staff_path(self, correction: Correction) -> str:
        """Where the team looks at it."""
        where = [correction.promotion.code, correction.code]
        return reverse(f"{self.app}:staff_correction_detail", args=where)


@dataclass(frozen=True, slots=True)
class ReceiptKind:
    """What the receipt of a step's dossiers says; `code` is the kind of its print."""

    code: str
    model: type[Dossier]
    form: FormKind
    # What its words read of the dossier.
    related: Sequence[str]
    # « appel à projets », then what was handed in, by whom.
    call: str
    title: Callable[[Any], str]
    person: Callable[[Any], object]
    # The files sealed with the answers: the question, the name, the digest.
    files: Callable[[Any, FormView], Sequence[Mapping[str, str]]] = lambda dossier, form: ()
