"""The dossiers of a calibration, and the words of an anchor."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from candidates.models import Application
from eig.design.fields import offer
from eig.evaluation.models import Criterion


class CalibrationForm(forms.Form):
    applications = forms.MultipleChoiceField(
        label="Candidatures que tout le monde lira",
        help_text="Deux ou trois, de métiers et de niveaux différents, que personne n’a encore lues.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez deux ou trois candidatures."},
    )
    counts = forms.ChoiceField(
        label="Ces notes comptent-elles ?",
        choices=[
            ("no", "Non : ces candidatures seront relues par deux personnes, une fois les notes accordées"),
            ("yes", "Oui : la note de ces candidatures est la moyenne de toutes ces lectures"),
        ],
        initial="no",
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, applications: Iterable[Application]) -> None:
        super().__init__(data, use_required_attribute=False)
        self.rows = list(applications)
        offer(self, "applications", [(str(row.code), self._said(row)) for row in self.rows])

    @staticmethod
    def _said(row: Application) -> str:
        trades = ", ".join(link.trade.label for link in row.trade_links.all())
        return f"{row.number} – {trades}"

    def chosen(self) -> list[Application]:
        codes = set(self.cleaned_data["applications"])
        return [row for row in self.rows if str(row.code) in codes]


class AnchorForm(forms.Form):
    def __init__(self, data: Mapping[str, Any] | None = None, *, criterion: Criterion) -> None:
        super().__init__(data, use_required_attribute=False)
        self.marks = sorted(criterion.anchors, key=int)
        for mark in self.marks:
            self.fields[f"anchor_{mark}"] = forms.CharField(
                label=f"Note {mark}",
                max_length=400,
                initial=criterion.anchors[mark],
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": f"Rédigez le repère de la note {mark}."},
            )
        self.fields["reason"] = forms.CharField(
            label="Pourquoi cette précision ?",
            help_text="Les lecteurs et lectrices le liront à côté du repère.",
            max_length=300,
            error_messages={"required": "Dites en une phrase ce que cette précision éclaire."},
        )

    def anchors(self) -> dict[str, str]:
        return {mark: self.cleaned_data[f"anchor_{mark}"] for mark in self.marks}
