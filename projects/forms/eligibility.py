"""The check-list of eligibility: yes or no for each condition, and a word when it is no."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from projects.queries.eligibility import ConditionLine

YES, NO = "yes", "no"


class CheckListForm(forms.Form):
    def __init__(self, data: Any = None, *, lines: Sequence[ConditionLine]) -> None:
        super().__init__(data)
        self.lines = lines
        for line in lines:
            answer = {True: YES, False: NO}.get(line.answer) if line.answer is not None else None
            self.fields[f"met_{line.code}"] = forms.ChoiceField(
                label=line.label,
                help_text=line.help,
                choices=[(YES, "Oui"), (NO, "Non")],
                required=False,
                widget=forms.RadioSelect,
                initial=answer,
            )
            self.fields[f"note_{line.code}"] = forms.CharField(
                label=f"Précision ajoutée au courrier : {line.label}",
                required=False,
                max_length=500,
                initial=line.note,
            )

    @property
    def rows(self) -> list[tuple[ConditionLine, BoundField, BoundField]]:
        return [(line, self[f"met_{line.code}"], self[f"note_{line.code}"]) for line in self.lines]

    def answers(self) -> dict[str, tuple[bool, str]]:
        """Arguments of `check_eligibility`: the conditions answered."""
        data = self.cleaned_data
        return {
            line.code: (data[f"met_{line.code}"] == YES, data[f"note_{line.code}"])
            for line in self.lines
            if data[f"met_{line.code}"]
        }
