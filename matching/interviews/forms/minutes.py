"""Who could not sign the minutes, and why."""

from django import forms


class PreventedForm(forms.Form):
    juror = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Motif de l’empêchement",
        max_length=300,
        help_text="Par exemple : hospitalisation. Figure au procès-verbal à la place de la signature.",
        error_messages={"required": "Indiquez pourquoi cette personne ne peut pas signer."},
    )
