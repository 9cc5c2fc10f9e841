"""What jurors are asked and answer: half-days, ties to projects."""

from typing import Any

from django import forms

from eig.french import french
from eig.juries.choices import JurorKind
from eig.juries.queries import half_day_label
from eig.promotions.models import Promotion
from matching.interviews.choices import NOT_INVITED, InvitationStatus
from matching.interviews.models import HalfDay, JuryInvitation
from projects.choices import Status as ProjectStatus
from projects.models import Project


class AskedFilter(forms.Form):
    status = forms.ChoiceField(
        label="Réponse",
        required=False,
        choices=[("", "Toutes"), (NOT_INVITED, "Pas encore invité·e"), *InvitationStatus.choices],
    )
    type = forms.ChoiceField(label="Qualité", required=False, choices=[("", "Toutes"), *JurorKind.choices])


class InviteForm(forms.Form):
    half_days = forms.IntegerField(
        label="Demi-journées demandées à chaque personne", min_value=1, max_value=20, initial=4
    )


class _HalfDaysField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: HalfDay) -> str:
        return half_day_label(obj).capitalize()


class _ProjectsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Project) -> str:
        return f"{obj.title} ({obj.administration})"


class _WithHalfDays(forms.Form):
    half_days = _HalfDaysField(
        label="Demi-journées possibles",
        queryset=HalfDay.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    most = forms.IntegerField(
        label="Au plus combien de demi-journées en tout ?", min_value=0, max_value=40, required=False
    )

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["half_days"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = HalfDay.objects.filter(promotion=promotion).order_by("during", "pk")

    def asked_most(self) -> int:
        """What was written, or all the half-days that were ticked."""
        most = self.cleaned_data["most"]
        return len(self.cleaned_data["half_days"]) if most is None else int(most)


class AvailabilityForm(_WithHalfDays):
    """Filled by the team, after a telephone call."""


class AnswerForm(_WithHalfDays):
    """Filled by the juror, from their link."""

    comes = forms.ChoiceField(
        label="Pouvez-vous siéger au jury ?",
        choices=[("yes", "Oui, je viens"), ("no", "Non, je ne peux pas")],
        widget=forms.RadioSelect,
    )
    ties = _ProjectsField(
        label="Avez-vous un lien avec l’un de ces projets ?",
        queryset=Project.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Vous y travaillez, vous l’avez conçu ou conseillé, un proche y participe… "
        "Vous n’entendrez personne pour ces projets : c’est simple et normal.",
    )
    comment = forms.CharField(
        label="Un mot à l’équipe", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("comes", "half_days", "most", "ties", "comment")

    def __init__(self, *args: Any, invitation: JuryInvitation, **kwargs: Any) -> None:
        promotion = invitation.juror.promotion
        super().__init__(*args, promotion=promotion, **kwargs)
        field = self.fields["ties"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = (
            Project.objects.filter(promotion=promotion, status=ProjectStatus.PUBLISHED)
            .select_related("administration")
            .order_by(french("title"), "pk")
        )
        self.fields["most"].help_text = (
            f"Nous vous en demandons {invitation.half_days_asked}, jamais deux le même jour. "
            "Moins convient aussi."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("comes") == "yes" and "half_days" in data and not data["half_days"]:
            self.add_error("half_days", "Cochez au moins une demi-journée.")
        if data.get("comes") == "yes" and data.get("most") == 0:
            self.add_error("most", "Donnez au moins une demi-journée, ou répondez que vous ne venez pas.")
        return data


class TieForm(forms.Form):
    project = forms.ModelChoiceField(
        label="Projet", queryset=Project.objects.none(), to_field_name="code", empty_label="Choisir"
    )
    reason = forms.CharField(label="Motif", max_length=300)

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["project"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Project.objects.filter(promotion=promotion, status=ProjectStatus.PUBLISHED).order_by(
            french("title"), "pk"
        )
