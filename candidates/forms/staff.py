"""What the programme team types: filters, reasons, readers, proposals."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Motif communiqué à la personne",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Indiquez le motif : il est communiqué à la personne."},
    )


class ProposalForm(forms.Form):
    """Keep the best of each trade, or everybody from a mark up; or both."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, trades: Sequence[Any], scale_max: int
    ) -> None:
        super().__init__(data, use_required_attribute=False)
        self.codes = [trade.code for trade in trades]
        for trade in trades:
            self.fields[f"top_{trade.code}"] = forms.IntegerField(
                label=trade.label,
                help_text=f"{trade.waiting} à décider",
                required=False,
                min_value=0,
                max_value=1000,
            )
            self.fields[f"reserve_{trade.code}"] = forms.IntegerField(
                label=f"{trade.label} : liste complémentaire", required=False, min_value=0, max_value=1000
            )
        self.fields["least"] = forms.DecimalField(
            label="Note moyenne minimale",
            help_text=f"Sur {scale_max}, par exemple 3,2. Laissez vide pour ne pas fixer de seuil.",
            required=False,
            min_value=Decimal(0),
            max_value=Decimal(scale_max),
            decimal_places=2,
            localize=True,
        )
        self.fields["decline_others"] = forms.BooleanField(
            label="Proposer de ne pas retenir les autres", required=False, initial=True
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.tops() and data.get("least") is None:
            raise forms.ValidationError("Indiquez un nombre pour un métier au moins, ou une note minimale.")
        return data

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"top_{code}"], self[f"reserve_{code}"]) for code in self.codes]

    def _given(self, prefix: str) -> dict[str, int]:
        given = {code: self.cleaned_data.get(f"{prefix}_{code}") for code in self.codes}
        return {code: count for code, count in given.items() if count is not None}

    def tops(self) -> dict[str, int]:
        return self._given("top")

    def reserves(self) -> dict[str, int]:
        return self._given("reserve")
