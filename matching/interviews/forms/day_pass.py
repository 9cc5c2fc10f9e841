"""The code that opens an outside juror's day."""

from django import forms


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code à six chiffres",
        max_length=12,
        help_text="Reçu par courriel, il est valable quinze minutes.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": "Saisissez le code reçu par courriel."},
    )
