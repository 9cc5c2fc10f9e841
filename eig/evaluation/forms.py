"""A reader's grid, the declaration of conflict, the hand of the team on readings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import prefetch_related_objects

from eig.accounts.models import User
from eig.design.fields import offer
from eig.evaluation.models import AnchorAmendment, Criterion, Reading, Sheet
from eig.evaluation.queries import GridView, LoadedReader, content_of, readers_with_load, with_marks
from eig.evaluation.rules import Content
from eig.listing.lists import DeedForm
from eig.promotions.models import Promotion, Trade

NONE, CONFLICT = "none", "conflict"
TOO_LONG = "Ce texte compte %(show_value)d caractères ; la limite est de %(limit_value)d."
WHY_REQUIRED = "Indiquez en quelques mots le motif du déport."
EXAMPLES = "Par exemple : ancien collègue, lien familial, projet commun."


class ConflictForm(forms.Form):
    """The question before any content, for a dossier whose people are named."""

    answer = forms.ChoiceField(
        label="Avez-vous un lien avec ce projet ou avec les personnes qui le portent ?",
        help_text="Employeur récent, hiérarchie, famille, amitié, intérêt financier, aide au dossier.",
        widget=forms.RadioSelect,
        choices=[
            (NONE, "Non, aucun : je peux le lire en toute neutralité"),
            (CONFLICT, "Oui, ou j’ai un doute : je me déporte"),
        ],
        error_messages={"required": "Répondez avant d’ouvrir le dossier."},
    )
    reason = forms.CharField(
        label="Motif du déport",
        max_length=300,
        required=False,
        help_text="Si vous vous déportez : quelques mots, lus par l’équipe programme seulement.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == CONFLICT and not (data.get("reason") or "").strip():
            self.add_error("reason", WHY_REQUIRED)
        return data


class RecusalForm(forms.Form):
    """Why somebody steps aside; `readers` says who reads it, unless it is the team alone."""

    reason = forms.CharField(
        label="Motif du déport", max_length=300, error_messages={"required": WHY_REQUIRED}
    )

    def __init__(self, *args: Any, readers: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read = readers or "Lu par l’équipe programme seulement."
        self.fields["reason"].help_text = f"{EXAMPLES} {read}"


CHOOSE = {"required": "Choisissez une personne."}


class TeamRecusalForm(RecusalForm):
    """A conflict that one of a dossier's readers did not see; whose is asked only if several read it."""

    reader = forms.ChoiceField(label="Qui se déporte", error_messages=CHOOSE)
    field_order = ("reader", "reason")

    def __init__(self, data: Mapping[str, Any] | None = None, *, reviews: Iterable[Reading]) -> None:
        super().__init__(data)
        self.reviews = {str(review.reader.code): review for review in reviews}
        people = [(code, str(review.reader)) for code, review in self.reviews.items()]
        offer(self, "reader", people, blank="Sélectionnez une personne")
        if len(people) == 1:
            del self.fields["reader"]

    @property
    def only(self) -> Reading | None:
        """The one that it is about, when nothing has to be chosen."""
        return None if "reader" in self.fields else next(iter(self.reviews.values()))

    def review(self) -> Reading:
        return self.only or self.reviews[self.cleaned_data["reader"]]


def _offer_readers(form: forms.Form, readers: Iterable[LoadedReader]) -> None:
    people = [(str(row.person.code), f"{row.person} – {row.held} sur {row.cap}") for row in readers]
    offer(form, "reader", people, blank="Sélectionnez une personne")


class AssignForm(forms.Form):
    """One more reader, by hand: each with their load."""

    reader = forms.ChoiceField(label="Ajouter un lecteur ou une lectrice", error_messages=CHOOSE)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, readers: Iterable[LoadedReader], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.readers = {str(row.person.code): row for row in readers}
        _offer_readers(self, self.readers.values())

    def person(self) -> User:
        return self.readers[self.cleaned_data["reader"]].person


class AssignManyForm(DeedForm):
    """The same, of many dossiers; each call says which it reads."""

    MODEL: ClassVar[type[Reading]]
    reader = forms.ChoiceField(label="Qui lira", error_messages=CHOOSE)

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, promotion=promotion, **kwargs)
        _offer_readers(self, readers_with_load(self.MODEL, promotion))


class ReaderForm(forms.Form):
    """What a reader takes, how many at most; trades are asked where the call has some."""

    trades = forms.MultipleChoiceField(
        label="Métiers lus",
        help_text="Aucun coché : tous les métiers.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    cap = forms.IntegerField(label="Nombre maximal de dossiers", min_value=0, max_value=1000)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, trades: Iterable[Trade], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.choices = {trade.code: trade for trade in trades}
        offer(self, "trades", [(code, trade.label) for code, trade in self.choices.items()])
        if not self.choices:
            del self.fields["trades"]

    def chosen(self) -> list[Trade]:
        return [self.choices[code] for code in self.cleaned_data.get("trades", ())]


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion on the page: its anchors, the fields to fill, the latest rewording if any."""

    criterion: Criterion
    anchors: Sequence[tuple[str, str]]
    mark: forms.BoundField
    text: forms.BoundField
    amended: AnchorAmendment | None


class ReviewForm(forms.Form):
    """One mark and one appreciation per criterion. Nothing is required: signing says what is missing."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, grid: GridView, sheet: Sheet) -> None:
        super().__init__(data, use_required_attribute=False)
        self.grid, self.sheet = grid, sheet
        # Why the marks could not be kept, when they could not.
        self.refusal: Exception | None = None
        # The latest rewording of each criterion's anchors, by criterion.
        self.amendments: Mapping[int, AnchorAmendment] = {}
        scale = range(grid.grid.scale_min, grid.grid.scale_max + 1)
        if sheet.pk and not self.is_bound:
            # Read once for the fields and for the page around them; what is typed is compared afresh.
            prefetch_related_objects([sheet], with_marks("marks"))
        marks = {mark.criterion_id: mark for mark in sheet.marks.all()} if sheet.pk else {}
        told = {key: (mark.value, mark.appreciation) for key, mark in marks.items()}
        self.opened = Content(told, sheet.comment, sheet.verdict, sheet.favourite)
        for criterion in grid.criteria:
            mark = marks.get(criterion.pk)
            self.fields[f"mark_{criterion.code}"] = forms.TypedChoiceField(
                label=f"Note : {criterion.label}",
                choices=[(str(value), str(value)) for value in scale],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=mark.value if mark else None,
            )
            self.fields[f"text_{criterion.code}"] = forms.CharField(
                label=f"Appréciation : {criterion.label}",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"max_length": TOO_LONG},
                initial=mark.appreciation if mark else "",
            )
        self.fields["verdict"] = forms.ChoiceField(
            label="Votre avis",
            choices=[(str(value), str(label)) for value, label in grid.grid.verdicts],
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields["favourite"] = forms.BooleanField(label="Coup de cœur", required=False)
        self.fields["comment"] = forms.CharField(
            label="Appréciation générale",
            help_text=self._comment_help(),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"max_length": TOO_LONG},
        )
        self.initial.update(verdict=sheet.verdict, favourite=sheet.favourite, comment=sheet.comment)

    def _comment_help(self) -> str:
        below = self.grid.grid.comment_required_below
        always = "Lue par l’équipe programme et, une fois votre grille signée, par les autres lecteurs."
        return f"{always} Obligatoire si la moyenne est inférieure à {below}." if below else always

    def seen(self) -> str:
        """What the page knows of the sheet, for its next save."""
        return (content_of(self.sheet) if self.is_bound else self.opened).fingerprint

    def criteria(self) -> list[CriterionRow]:
        """Each criterion with its anchors in order, its mark and its appreciation."""
        return [
            CriterionRow(
                criterion,
                sorted(criterion.anchors.items(), key=lambda item: int(item[0])),
                self[f"mark_{criterion.code}"],
                self[f"text_{criterion.code}"],
                self.amendments.get(criterion.pk),
            )
            for criterion in self.grid.criteria
        ]

    def values(self) -> dict[str, Any]:
        """What was typed, as `save_review` takes it; wrong fields are left out."""
        data = self.cleaned_data
        codes = [criterion.code for criterion in self.grid.criteria]
        return {
            "marks": {code: data[f"mark_{code}"] for code in codes if data.get(f"mark_{code}") is not None},
            "appreciations": {code: data.get(f"text_{code}") or "" for code in codes},
            "verdict": data.get("verdict") or "",
            "favourite": bool(data.get("favourite")),
            "comment": data.get("comment") or "",
            "seen": self.data.get("seen", ""),
        }
