"""The grid of an audition as a form: marks, appreciations, opinion."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from eig.evaluation.models import Criterion, Mark, Sheet
from eig.evaluation.queries import GridView, content_of


@dataclass(frozen=True, slots=True)
class CriterionRow:
    criterion: Criterion
    mark: BoundField
    appreciation: BoundField

    @property
    def has_words(self) -> bool:
        return bool(self.appreciation.value())

    @property
    def anchors(self) -> list[tuple[int, str]]:
        return sorted((int(value), str(words)) for value, words in self.criterion.anchors.items())


class ScorecardForm(forms.Form):
    """Every field may wait while drafting; `signing` asks for all that a signature needs."""

    def __init__(
        self, *args: Any, grid: GridView, sheet: Sheet, signing: bool = False, **kwargs: Any
    ) -> None:
        self.grid, self.sheet = grid, sheet
        # What is kept shows when the card is opened again; posted data come before it.
        kwargs.setdefault("initial", _initial(grid, sheet))
        super().__init__(*args, **kwargs)
        scale = range(grid.grid.scale_min, grid.grid.scale_max + 1)
        for criterion in grid.criteria:
            self.fields[f"mark_{criterion.code}"] = forms.TypedChoiceField(
                label=criterion.label,
                help_text=criterion.definition,
                choices=[(str(value), str(value)) for value in scale],
                coerce=int,
                empty_value=None,
                required=signing,
                widget=forms.RadioSelect,
                error_messages={"required": f"Notez « {criterion.label} »."},
            )
            self.fields[f"text_{criterion.code}"] = forms.CharField(
                label=f"Appréciation : {criterion.label}",
                max_length=Mark._meta.get_field("appreciation").max_length,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["comment"] = forms.CharField(
            label="Appréciation générale",
            max_length=Sheet._meta.get_field("comment").max_length,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_comment_help(grid),
        )
        if grid.grid.verdicts:
            self.fields["verdict"] = forms.ChoiceField(
                label="Votre avis",
                choices=[(str(value), str(label)) for value, label in grid.grid.verdicts],
                required=signing,
                widget=forms.RadioSelect,
                error_messages={"required": "Donnez votre avis."},
            )
        self.fields["favourite"] = forms.BooleanField(label="Coup de cœur", required=False)

    def seen(self) -> str:
        """What the page knows of the card, for its next save."""
        return content_of(self.sheet).fingerprint

    def rows(self) -> Iterator[CriterionRow]:
        for criterion in self.grid.criteria:
            yield CriterionRow(criterion, self[f"mark_{criterion.code}"], self[f"text_{criterion.code}"])

    def content(self) -> dict[str, Any]:
        """The arguments of `save_scorecard`."""
        data = self.cleaned_data
        codes = [criterion.code for criterion in self.grid.criteria]
        return {
            "marks": {code: data[f"mark_{code}"] for code in codes if data.get(f"mark_{code}") is not None},
            "appreciations": {code: data.get(f"text_{code}", "") for code in codes},
            "comment": data.get("comment", ""),
            "verdict": data.get("verdict", ""),
            "favourite": data.get("favourite", False),
            "seen": self.data.get("seen", ""),
        }


class ReasonForm(forms.Form):
    """Why a juror steps aside."""

    reason = forms.CharField(
        label="Motif du déport",
        max_length=300,
        help_text=(
            "Par exemple : ancien collègue, lien familial, projet commun. "
            "Il est conservé et figure au procès-verbal."
        ),
        error_messages={"required": "Indiquez en quelques mots le motif du déport."},
    )


def _initial(grid: GridView, sheet: Sheet) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "comment": sheet.comment,
        "verdict": sheet.verdict,
        "favourite": sheet.favourite,
    }
    codes = {criterion.pk: criterion.code for criterion in grid.criteria}
    for mark in sheet.marks.all():
        code = codes[mark.criterion_id]
        initial[f"mark_{code}"] = str(mark.value)
        initial[f"text_{code}"] = mark.appreciation
    return initial


def _comment_help(grid: GridView) -> str:
    below = grid.grid.comment_required_below
    return f"Demandée si la moyenne de vos notes est inférieure à {below}." if below is not None else ""
