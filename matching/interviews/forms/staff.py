"""What the programme team composes, and what a candidate asks to arrange."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone

from candidates.models import Application
from eig.accounts.models import User
from eig.design.widgets import DateInput, TimeInput
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus, JurorType
from matching.interviews.models import Audition, Juror, Panel
from matching.interviews.queries import jurors_listed
from matching.ranking.queries import shortlisted_applications
from projects.choices import Status as ProjectStatus
from projects.models import Project

ANY = ("", "Tous")


class AuditionFilter(forms.Form):
    q = forms.CharField(label="Nom", required=False, max_length=100)
    status = forms.ChoiceField(label="État", required=False, choices=[ANY, *AuditionStatus.choices])
    project = forms.ChoiceField(label="Projet", required=False)

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        projects = Project.objects.filter(promotion=promotion, status=ProjectStatus.PUBLISHED).order_by(
            "title", "pk"
        )
        field = self.fields["project"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ANY, *((str(code), title) for code, title in projects.values_list("code", "title"))]


class JurorFilter(forms.Form):
    q = forms.CharField(label="Nom ou organisme", required=False, max_length=100)
    type = forms.ChoiceField(label="Qualité", required=False, choices=[("", "Toutes"), *JurorType.choices])


class JurorForm(forms.Form):
    email = forms.EmailField(label="Adresse électronique", max_length=254)
    first_name = forms.CharField(label="Prénom", max_length=80)
    last_name = forms.CharField(label="Nom", max_length=80)
    type = forms.ChoiceField(label="Qualité", choices=JurorType.choices, widget=forms.RadioSelect)
    organisation = forms.CharField(
        label="Organisme",
        required=False,
        max_length=160,
        help_text="Sert à repérer les liens possibles avec les candidats et candidates.",
    )

    def known(self) -> User | None:
        """The account behind the address, if any: its own name is kept."""
        return User.objects.filter(email=self.cleaned_data["email"].lower()).first()


class PanelPlaceForm(forms.ModelForm[Panel]):
    link = forms.URLField(
        label="Lien de visioconférence",
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text="Donné aux candidats et candidates avec leur horaire.",
    )

    class Meta:
        model = Panel
        fields = ("name", "room", "link")
        help_texts = {"name": "Par exemple : Jury A, mardi matin."}


class PanelForm(PanelPlaceForm):
    day = forms.DateField(label="Jour", widget=DateInput())
    starts = forms.TimeField(label="Début", widget=TimeInput())
    ends = forms.TimeField(label="Fin", widget=TimeInput())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", "La fin doit être postérieure au début.")
        return data

    def hours(self) -> tuple[datetime, datetime]:
        zone = get_current_timezone()
        day = self.cleaned_data["day"]
        return (
            datetime.combine(day, self.cleaned_data["starts"], zone),
            datetime.combine(day, self.cleaned_data["ends"], zone),
        )


class _JurorField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Juror) -> str:
        return f"{obj.person} – {obj.get_type_display()}"


class _PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Application) -> str:
        return f"{obj.candidate} ({obj.number})"


class SeatForm(forms.Form):
    juror = _JurorField(
        label="Personne",
        queryset=Juror.objects.none(),
        to_field_name="code",
        empty_label="Choisir une personne",
    )
    referent = forms.BooleanField(label="Référent ou référente du jury", required=False)

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["juror"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = jurors_listed(panel.promotion).exclude(seats__panel=panel)


class SlotsForm(forms.Form):
    minutes = forms.IntegerField(label="Durée d’un créneau (minutes)", min_value=5, max_value=240)
    pause = forms.IntegerField(
        label="Pause entre deux créneaux (minutes)", min_value=0, max_value=120, initial=0
    )


class HandPlanForm(forms.Form):
    application = _PersonField(
        label="Personne", queryset=Application.objects.none(), to_field_name="code", empty_label="Choisir"
    )
    project = forms.ModelChoiceField(
        label="Projet", queryset=Project.objects.none(), to_field_name="code", empty_label="Choisir"
    )

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, projects = self.fields["application"], self.fields["project"]
        assert isinstance(people, forms.ModelChoiceField)
        assert isinstance(projects, forms.ModelChoiceField)
        people.queryset = shortlisted_applications(promotion).order_by(
            "candidate__last_name", "candidate__first_name", "pk"
        )
        projects.queryset = Project.objects.filter(
            promotion=promotion, status=ProjectStatus.PUBLISHED
        ).order_by("title", "pk")


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Motif donné à la personne",
        required=False,
        max_length=300,
        help_text=(
            "Écrit dans le courriel si l’audition lui avait été annoncée. Par exemple : le projet est retiré."
        ),
    )


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
