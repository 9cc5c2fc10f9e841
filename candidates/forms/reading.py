"""The reader's grid: marks, appreciations, verdict; and stepping aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from eig.evaluation.models import AnchorAmendment, Criterion, Sheet
from eig.evaluation.queries import GridView

TOO_LONG = "Ce texte compte %(show_value)d caractères ; la limite est de %(limit_value)d."


class ConflictForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi vous déporter ?",
        help_text="Par exemple : j’ai travaillé avec cette personne. Seule l’équipe programme le lit.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Dites en quelques mots pourquoi vous vous déportez."},
    )


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion on the page: its anchors, the fields to fill, the latest rewording if any."""

    criterion: Criterion
    anchors: Sequence[tuple[str, str]]
    mark: forms.BoundField
    text: forms.BoundField
    amended: AnchorAmendment | None


class ReviewForm(forms.Form):
    """Nothing is required while drafting: signing says what is missing."""

    def __init__(self, grid: GridView, *, sheet: Sheet, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.grid = grid
        # The latest rewording of each criterion's anchors, by criterion.
        self.amendments: Mapping[int, AnchorAmendment] = {}
        scale = range(grid.grid.scale_min, grid.grid.scale_max + 1)
        marks = {mark.criterion_id: mark for mark in sheet.marks.all()} if sheet.pk else {}
        for criterion in grid.criteria:
            mark = marks.get(criterion.pk)
            self.fields[f"mark_{criterion.code}"] = forms.TypedChoiceField(
                label=f"Note : {criterion.label}",
                choices=[(str(value), str(value)) for value in scale],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"text_{criterion.code}"] = forms.CharField(
                label="Appréciation",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"max_length": TOO_LONG},
            )
            if mark:
                self.initial[f"mark_{criterion.code}"] = str(mark.value)
                self.initial[f"text_{criterion.code}"] = mark.appreciation
        self.fields["verdict"] = forms.ChoiceField(
            label="Votre avis", choices=grid.grid.verdicts, required=False, widget=forms.RadioSelect
        )
        self.fields["favourite"] = forms.BooleanField(label="Coup de cœur", required=False)
        self.fields["comment"] = forms.CharField(
            label="Appréciation générale",
            help_text="Ce que vous diriez à l’équipe en deux phrases.",
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"max_length": TOO_LONG},
        )
        self.initial.update(verdict=sheet.verdict, favourite=sheet.favourite, comment=sheet.comment)

    def criteria(self) -> list[CriterionRow]:
        """Each criterion with its anchors, its mark and its appreciation."""
        return [
            CriterionRow(
                criterion,
                sorted(criterion.anchors.items()),
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
        }
