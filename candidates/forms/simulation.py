"""How much one would earn: a question by GET, without a script, that nothing keeps."""

from typing import Any

from django import forms

from eig.promotions.rules import PayGrid, net_monthly_pay

MOST_YEARS = 50


class PaySimulation(forms.Form):
    years = forms.IntegerField(
        label="Vos années pleines d’expérience professionnelle",
        min_value=0,
        max_value=MOST_YEARS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "eig-code-input"}),
        help_text=f"Un nombre entier, de 0 à {MOST_YEARS}. Quatre ans et dix mois font 4.",
        error_messages={
            "invalid": "Indiquez un nombre entier d’années, par exemple 6.",
            "required": "Indiquez un nombre d’années, par exemple 6.",
            "min_value": "Indiquez un nombre entre 0 et 50.",
            "max_value": "Indiquez un nombre entre 0 et 50.",
        },
    )

    def __init__(self, data: Any = None, *, grid: PayGrid) -> None:
        super().__init__(data if data and "years" in data else None)
        self.grid = grid

    @property
    def pay(self) -> int | None:
        """Net euros a month, once a good number was given."""
        return net_monthly_pay(self.cleaned_data["years"], self.grid) if self.is_valid() else None

    @property
    def said(self) -> str:
        """« 5 ans », « 1 an »."""
        years = self.cleaned_data["years"]
        return f"{years} an{'s' if years > 1 else ''}"
