"""What the team asks to correct: the answers, why, how long."""

from typing import Any

from django import forms

from eig.dossiers.forms.fields import Lines
from eig.dossiers.rules import FormView

# Whole days, until the end of the last one.
DELAYS = (2, 3, 5, 7, 10, 15)


class CorrectionForm(forms.Form):
    """One list of answers to tick per section of the form, a reason, a delay."""

    reason = forms.CharField(
        label="Ce qui est à corriger",
        help_text="La personne lira ce texte tel quel. Dites ce qui manque et ce que vous attendez.",
        max_length=2000,
        widget=Lines(attrs={"rows": 6}),
        error_messages={"required": "Dites ce qui est à corriger : la personne lira ce texte."},
    )
    days = forms.TypedChoiceField(
        label="Délai de réponse",
        help_text="Jusqu’à 23 h 59 le dernier jour. Ensuite, le dossier se referme tel qu’il était.",
        choices=[(days, f"{days} jours") for days in DELAYS],
        coerce=int,
        initial=5,
    )

    def __init__(self, *args: Any, form: FormView, files: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        shown = {}
        for section in form.sections:
            asked = section.questions if files else section.written
            if asked:
                shown[f"in_{section.code}"] = forms.MultipleChoiceField(
                    label=section.title,
                    required=False,
                    choices=[(item.code, item.label) for item in asked],
                    widget=forms.CheckboxSelectMultiple,
                )
        self.fields = {**shown, **self.fields}

    def clean(self) -> dict[str, Any]:
        if not self.questions():
            raise forms.ValidationError("Cochez au moins une réponse à corriger.")
        return self.cleaned_data

    def questions(self) -> list[str]:
        """The codes ticked, in the order of the form."""
        return [
            code
            for name in self.fields
            if name.startswith("in_")
            for code in self.cleaned_data.get(name) or []
        ]

    @property
    def sections(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("in_")]


class AnswerForm(forms.Form):
    message = forms.CharField(
        label="Message à l’équipe programme", required=False, max_length=1000, widget=Lines(attrs={"rows": 3})
    )
