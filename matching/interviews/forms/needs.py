"""What a candidate asks us to arrange for their auditions."""

import re

from django import forms

from matching.interviews.choices import TIME_ZONES, Interpreter
from matching.interviews.models import Audition, Needs

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


class NeedsForm(forms.ModelForm[Audition]):
    class Meta:
        model = Audition
        fields = ("needs",)
        widgets = {"needs": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "needs": (
                "Interprète, sous-titrage, temps supplémentaire, fuseau horaire… "
                "Seule l’équipe programme le lit, pour organiser votre audition ; le jury ne le voit pas."
            )
        }
