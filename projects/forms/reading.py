"""The grid of a reader, the declaration of conflict, the hand of the staff on readings."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from eig.accounts.models import User
from eig.evaluation.models import Criterion, Mark, Sheet
from eig.evaluation.queries import GridView

NONE, CONFLICT = "none", "conflict"


class ConflictForm(forms.Form):
    answer = forms.ChoiceField(
        label="Avez-vous un lien avec ce projet ou avec les personnes qui le portent ?",
        help_text="Employeur récent, hiérarchie, famille, amitié, intérêt financier, aide au dossier.",
        widget=forms.RadioSelect,
        choices=[
            (NONE, "Non, aucun : je peux le lire en toute neutralité"),
            (CONFLICT, "Oui, ou j’ai un doute : je me déporte"),
        ],
        error_messages={"required": "Répondez avant d’ouvrir le dossier."},
    )
    reason = forms.CharField(
        label="Motif du déport",
        max_length=300,
        required=False,
        help_text="Si vous vous déportez : quelques mots, lus par l’équipe programme seulement.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == CONFLICT and not (data.get("reason") or "").strip():
            self.add_error("reason", "Dites en quelques mots pourquoi vous vous déportez.")
        return data


class RecusalForm(forms.Form):
    reason = forms.CharField(
        label="Motif du déport",
        max_length=300,
        help_text="Quelques mots, lus par l’équipe programme seulement.",
        error_messages={"required": "Dites en quelques mots pourquoi vous vous déportez."},
    )


class AssignForm(forms.Form):
    reader = forms.ChoiceField(
        label="Lectrice ou lecteur", error_messages={"required": "Choisissez une personne."}
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.code): person for person in people}
        field = self.fields["reader"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choisir une personne")] + [
            (code, str(person)) for code, person in self.people.items()
        ]

    def person(self) -> User:
        return self.people[self.cleaned_data["reader"]]


class ReviewForm(forms.Form):
    """One mark and one appreciation per criterion, as the grid says; a draft may be incomplete."""

    def __init__(self, data: Any = None, *, grid: GridView, sheet: Sheet, marks: Mapping[int, Mark]) -> None:
        super().__init__(data)
        self.grid = grid
        scale = range(grid.grid.scale_min, grid.grid.scale_max + 1)
        for criterion in grid.criteria:
            mark = marks.get(criterion.pk)
            self.fields[f"mark_{criterion.code}"] = forms.TypedChoiceField(
                label=f"Note : {criterion.label}",
                choices=[(str(value), str(value)) for value in scale],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=mark.value if mark else None,
            )
            self.fields[f"appreciation_{criterion.code}"] = forms.CharField(
                label=f"Appréciation : {criterion.label}",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
                initial=mark.appreciation if mark else "",
            )
        self.fields["verdict"] = forms.ChoiceField(
            label="Avis",
            required=False,
            widget=forms.RadioSelect,
            choices=[(str(value), str(label)) for value, label in grid.grid.verdicts],
            initial=sheet.verdict,
        )
        self.fields["favourite"] = forms.BooleanField(
            label="Coup de cœur", required=False, initial=sheet.favourite
        )
        self.fields["comment"] = forms.CharField(
            label="Appréciation générale",
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text=self._comment_help(),
            initial=sheet.comment,
        )

    def _comment_help(self) -> str:
        floor = self.grid.grid.comment_required_below
        always = "Lue par l’équipe programme et, une fois votre grille signée, par les autres lecteurs."
        return f"{always} Obligatoire si la moyenne est inférieure à {floor}." if floor else always

    @property
    def rows(self) -> list[tuple[Criterion, list[tuple[str, str]], BoundField, BoundField]]:
        """For the template: criterion, anchors in order, field of the mark, field of the appreciation."""
        return [
            (
                criterion,
                sorted(criterion.anchors.items(), key=lambda item: int(item[0])),
                self[f"mark_{criterion.code}"],
                self[f"appreciation_{criterion.code}"],
            )
            for criterion in self.grid.criteria
        ]

    def values(self) -> dict[str, Any]:
        """Arguments of `save_review` and `sign_review`."""
        data = self.cleaned_data
        codes = [criterion.code for criterion in self.grid.criteria]
        return {
            "marks": {code: data[f"mark_{code}"] for code in codes if data[f"mark_{code}"] is not None},
            "appreciations": {code: data[f"appreciation_{code}"] for code in codes},
            "comment": data["comment"],
            "verdict": data["verdict"],
            "favourite": data["favourite"],
        }
