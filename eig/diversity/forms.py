"""Listen: seven questions, each with a way not to answer, chosen beforehand."""

from typing import Any

from django import forms

from eig.diversity.rules import QUESTIONS, SILENT


class Questionnaire(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for question in QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=question.label,
                help_text=question.help,
                choices=question.choices,
                widget=forms.RadioSelect,
                initial=SILENT,
                required=False,
            )
