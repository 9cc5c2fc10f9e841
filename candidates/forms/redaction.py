"""A word to hide, or to show again, in what readers see."""

from django import forms

from candidates.models import RedactionMark


class MarkForm(forms.Form):
    text = forms.CharField(
        label="Mot ou expression à masquer",
        help_text="Par exemple un surnom, le nom d’un club, d’une ville ou d’un ancien employeur.",
        max_length=120,
        error_messages={"required": "Indiquez le mot ou l’expression à masquer."},
    )
    kind = forms.ChoiceField(
        choices=RedactionMark.Kind.choices, initial=RedactionMark.Kind.HIDE, widget=forms.HiddenInput
    )
