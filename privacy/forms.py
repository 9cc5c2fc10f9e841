"""Listen: a corrected name, a confirmed erasure, lengths of retention."""

from typing import Any

from django import forms

from eig.accounts.fields import NameField
from privacy.register import clocks

CONFIRMATION = "EFFACER"


class NameForm(forms.Form):
    first_name = NameField(
        label="Prénom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = NameField(
        label="Nom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )


class ErasureForm(forms.Form):
    confirmation = forms.CharField(
        label="Pour confirmer, écrivez EFFACER",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_confirmation(self) -> str:
        said: str = self.cleaned_data["confirmation"].strip().upper()
        if said != CONFIRMATION:
            raise forms.ValidationError("Écrivez EFFACER, en toutes lettres : c’est sans retour.")
        return said


class LengthsForm(forms.Form):
    """One number of months for each clock that a promotion sets."""

    def __init__(self, data: Any = None, *, lengths: dict[str, int]) -> None:
        super().__init__(data)
        known = clocks()
        for code, months in lengths.items():
            clock = known[code]
            self.fields[code] = forms.IntegerField(
                label=clock.title,
                help_text=f"En mois, après {clock.since}. Proposé : {clock.months}.",
                min_value=1,
                max_value=120,
                initial=months,
            )
