"""What the roof listens to."""

from datetime import datetime

from django import forms

from eig.accounts.fields import AddressField
from eig.design.moments import MomentField


class ExtensionForm(forms.Form):
    """Extend a phase; the original date stays published beside the new one."""

    closes_at = MomentField(label="Nouvelle clôture")
    reason = forms.CharField(
        label="Motif publié",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une phrase, lue par toutes les personnes concernées.",
    )

    def __init__(self, *args: object, closes_at: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through as given
        self.current = closes_at

    def clean_closes_at(self) -> datetime:
        value: datetime = self.cleaned_data["closes_at"]
        if value <= self.current:
            raise forms.ValidationError("La nouvelle clôture doit être postérieure à la clôture actuelle.")
        return value


class InviteForm(forms.Form):
    """Invite someone to a role of the promotion."""

    email = AddressField(help_text="Un lien personnel, valable quatorze jours, part à cette adresse.")
    purpose = forms.ChoiceField(
        label="Rôle",
        choices=[
            ("project-reader", "Lire et noter des projets"),
            ("application-reader", "Lire et noter des candidatures, sans les noms"),
            ("staff", "Rejoindre l’équipe programme"),
        ],
        widget=forms.RadioSelect,
    )
