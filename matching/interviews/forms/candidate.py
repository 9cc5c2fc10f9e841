"""What a candidate fills: what to arrange for their auditions; which slot they take."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from eig.design.widgets import DateTimeInput
from matching.interviews.choices import TIME_ZONES, Interpreter
from matching.interviews.models import Needs, Slot

DIGITS_LEAST = 8


class ArrangementsForm(forms.ModelForm[Needs]):
    interpreter = forms.ChoiceField(
        label="Interprète ou transcription", required=False, choices=Interpreter.choices
    )
    time_zone = forms.ChoiceField(
        label="D’où serez-vous entendu·e ?",
        required=False,
        choices=TIME_ZONES,
        help_text="Vos horaires s’affichent alors aussi à l’heure de chez vous.",
    )

    class Meta:
        model = Needs
        fields = ("interpreter", "access", "time_zone", "phone")
        widgets = {
            "access": forms.Textarea(attrs={"rows": 3}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        }
        help_texts = {
            "access": "Accès en fauteuil, temps supplémentaire, pauses, matériel, connexion lente…",
            "phone": "Pour vous appeler si la visioconférence ne fonctionne pas.",
        }

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data.get("phone") or "").strip()
        if phone and (
            not re.fullmatch(r"\+?[\d\s.()-]+", phone) or sum(map(str.isdigit, phone)) < DIGITS_LEAST
        ):
            raise forms.ValidationError("Écrivez un numéro de téléphone, par exemple 06 12 34 56 78.")
        return phone


class SlotForm(forms.Form):
    """One slot among those that suit; anything else was taken, or never suited."""

    slot = forms.UUIDField()

    def __init__(self, *args: Any, slots: Sequence[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots = {slot.code: slot for slot in slots}
        self.fields["slot"].error_messages["required"] = "Choisissez un horaire."
        self.fields["slot"].error_messages["invalid"] = "Choisissez un horaire de la liste."

    def clean_slot(self) -> Slot:
        slot = self.slots.get(self.cleaned_data["slot"])
        if slot is None:
            raise forms.ValidationError("Cet horaire vient d’être pris. Choisissez-en un autre.")
        return slot


class ChoiceForm(forms.Form):
    """Until when candidates may choose the time of their auditions."""

    until = forms.DateTimeField(
        label="Choix ouvert jusqu’au", widget=DateTimeInput(), help_text="Heure de Paris."
    )
