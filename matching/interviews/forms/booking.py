"""Which slot a candidate takes; until when they may choose."""

from collections.abc import Sequence
from typing import Any

from django import forms

from eig.design.moments import MomentField
from matching.interviews.models import Slot


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

    until = MomentField(label="Choix ouvert jusqu’au")
