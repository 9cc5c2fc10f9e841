"""What is asked: a table, a format, and the filters of the list it was asked from."""

from django import forms

from eig.exports.choices import Format


class ExportForm(forms.Form):
    format = forms.ChoiceField(label="Format", choices=Format.choices, required=False)
    given = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def clean_format(self) -> str:
        return self.cleaned_data["format"] or Format.XLSX
