"""Listen: filters of the lists, the reason for a wish."""

from typing import Any

from django import forms

from eig.promotions.models import Promotion
from eig.promotions.queries import opened_trades
from matching.ranking.models import Choice

ANY = ("", "Tous")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=str(Choice._meta.get_field("reason").verbose_name).capitalize(),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Facultatif. Le jury ne lit pas ce texte et ne connaît pas vos rangs.",
    )


class OfferFilter(forms.Form):
    """Which published projects to show a candidate."""

    theme = forms.ChoiceField(label="Thème", required=False)
    trade = forms.ChoiceField(label="Métier recherché", required=False)
    mine = forms.BooleanField(label="Seulement ceux que je peux classer", required=False)

    def __init__(self, *args: Any, themes: list[str], trades: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "theme", [ANY, *((theme, theme) for theme in themes)])
        _choices(self, "trade", [ANY, *((trade, trade) for trade in trades)])

    def chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "") if self.is_valid() else ""


class RankingFilter(forms.Form):
    """Which preselected people to show the programme team."""

    q = forms.CharField(label="Nom ou adresse", required=False, max_length=100)
    state = forms.ChoiceField(
        label="État des vœux",
        required=False,
        choices=[
            ANY,
            ("certified", "Certifiés"),
            ("draft", "Commencés, à certifier"),
            ("none", "Aucun vœu"),
        ],
    )
    trade = forms.ChoiceField(label="Métier", required=False)

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "trade", [ANY, *opened_trades(promotion).values_list("code", "label")])


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
