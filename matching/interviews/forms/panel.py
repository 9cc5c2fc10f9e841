"""Panels as the programme team composes them: seats, slots."""

from django import forms

from eig.juries import forms as juries


class SeatForm(juries.SeatForm):
    referent = forms.BooleanField(label="Référent ou référente du jury", required=False)


class SlotsForm(forms.Form):
    minutes = forms.IntegerField(label="Durée d’un créneau (minutes)", min_value=5, max_value=240)
    pause = forms.IntegerField(
        label="Pause entre deux créneaux (minutes)", min_value=0, max_value=120, initial=0
    )
