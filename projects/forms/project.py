"""Start a project, invite someone to write it, refine a profile; refuse, for staff."""

from typing import Any

from django import forms

from eig.accounts.fields import AddressField
from eig.design.fields import offer
from eig.promotions.models import Promotion
from eig.promotions.queries import opened_trades
from projects.models import Position, PositionProposal
from projects.rules import squeezed


class StartForm(forms.Form):
    title = forms.CharField(
        label="Nom du projet",
        help_text="Un nom de travail suffit : vous pourrez le changer jusqu’au dépôt.",
        error_messages={"required": "Donnez un nom au projet, même provisoire."},
    )

    def __init__(self, *args: Any, max_length: int = 80, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = forms.CharField(max_length=max_length)
        self.fields["title"].validators = field.validators
        self.fields["title"].widget.attrs["maxlength"] = max_length

    def clean_title(self) -> str:
        return squeezed(self.cleaned_data["title"])


class InviteForm(forms.Form):
    email = AddressField(
        help_text="Un lien personnel, valable quatorze jours, lui est envoyé. Par exemple : nom@domaine.fr",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Indiquez l’adresse de la personne à inviter."},
    )


class PositionForm(forms.Form):
    """One profile, refined between the decision and the publication."""

    trade = forms.ChoiceField(label="Métier")
    expertise = forms.CharField(label="Expertise attendue", max_length=200)
    must_have = forms.CharField(
        label="Compétences indispensables", max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    nice_to_have = forms.CharField(
        label="Compétences appréciées",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seats = forms.ChoiceField(label="Nombre de places", choices=[(str(n), str(n)) for n in (1, 2, 3)])

    def __init__(
        self,
        data: Any = None,
        *,
        position: Position,
        promotion: Promotion,
        proposal: PositionProposal | None = None,
    ) -> None:
        # What was proposed and waits is what is written on.
        shown = proposal or position
        initial = {
            "trade": shown.trade.code,
            "expertise": shown.expertise,
            "must_have": shown.must_have,
            "nice_to_have": shown.nice_to_have,
            "seats": str(shown.seats),
        }
        super().__init__(data, initial=initial)
        self.trades = {trade.code: trade for trade in [*opened_trades(promotion), position.trade]}
        offer(self, "trade", [(code, trade.label) for code, trade in self.trades.items()])

    def values(self) -> dict[str, Any]:
        """Arguments of `propose_position`."""
        data = self.cleaned_data
        return {**data, "trade": self.trades[data["trade"]], "seats": int(data["seats"])}


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label="Motif",
        help_text="Écrit tel quel dans le message envoyé au projet.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Indiquez le motif : il est écrit dans le message envoyé au projet."},
    )
