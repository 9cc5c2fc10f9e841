"""The grid of an audition as a form."""

from collections.abc import Mapping
from typing import Any

from django import forms

from eig.evaluation.forms import ReviewForm
from eig.evaluation.models import Sheet
from eig.evaluation.queries import GridView


class ScorecardForm(ReviewForm):
    """A reader's grid, each criterion defined beside its marks; `signing` asks for all that it needs."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, grid: GridView, sheet: Sheet, signing: bool = False
    ) -> None:
        super().__init__(data, grid=grid, sheet=sheet)
        for criterion in grid.criteria:
            mark = self.fields[f"mark_{criterion.code}"]
            mark.label, mark.help_text = criterion.label, criterion.definition
            self._ask(mark, f"Notez « {criterion.label} ».", signing=signing)
        if grid.grid.verdicts:
            self._ask(self.fields["verdict"], "Donnez votre avis.", signing=signing)
        else:
            del self.fields["verdict"]

    @staticmethod
    def _ask(field: forms.Field, words: str, *, signing: bool) -> None:
        field.required, field.error_messages["required"] = signing, words

    def _comment_help(self) -> str:
        below = self.grid.grid.comment_required_below
        asked = f"Demandée si la moyenne de vos notes est inférieure à {below}."
        return asked if below is not None else ""
