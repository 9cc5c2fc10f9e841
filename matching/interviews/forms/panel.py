"""The slots of a panel, as the programme team cuts them."""

from django import forms


class SlotsForm(forms.Form):
    minutes = forms.IntegerField(label="Durée d’un créneau (minutes)", min_value=5, max_value=240)
    pause = forms.IntegerField(
        label="Pause entre deux créneaux (minutes)", min_value=0, max_value=120, initial=0
    )
