"""What a candidate asks us to arrange for their auditions."""

from django import forms

from eig.accounts.fields import PhoneField
from matching.interviews.choices import TIME_ZONES, Interpreter
from matching.interviews.models import Audition, Needs


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
    phone = PhoneField(
        label="Téléphone de secours",
        required=False,
        max_length=20,
        help_text="Pour vous appeler si la visioconférence ne fonctionne pas.",
    )

    class Meta:
        model = Needs
        fields = ("interpreter", "access", "time_zone", "phone")
        widgets = {"access": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"access": "Accès en fauteuil, temps supplémentaire, pauses, matériel, connexion lente…"}


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
