"""The week: its rules."""

from typing import Any

from django import forms

from eig.juries.forms import RoomsField
from matching.interviews.models import AuditionRules


class RulesForm(forms.Form):
    per_place = forms.IntegerField(
        label="Auditions par place",
        min_value=1,
        max_value=20,
        help_text="Au plus ce nombre de personnes entendues par place à pourvoir. Conseillé : 3 ou 4.",
    )
    least_per_place = forms.IntegerField(
        label="Auditions souhaitables par place",
        min_value=0,
        max_value=20,
        help_text="En dessous, un jury a trop peu de choix : le projet est signalé.",
    )
    most_each = forms.ChoiceField(
        label="Auditions par personne, au plus", choices=[("1", "Une"), ("2", "Deux")]
    )
    pause_minutes = forms.IntegerField(
        label="Pause entre deux auditions (minutes)", min_value=0, max_value=60
    )
    rooms = RoomsField(label="Salles", help_text="Une par ligne ; autant de jurys siègent en parallèle.")
    agent = forms.IntegerField(label="Agents publics par jury", min_value=0, max_value=4)
    dinum = forms.IntegerField(label="DINUM par jury", min_value=0, max_value=4)
    outside = forms.IntegerField(
        label="Personnalités extérieures par jury",
        min_value=0,
        max_value=4,
        help_text="Les anciens et anciennes EIG comptent parmi elles.",
    )

    @classmethod
    def of(cls, rules: AuditionRules) -> "RulesForm":
        return cls(
            initial={
                "per_place": rules.per_place,
                "least_per_place": rules.least_per_place,
                "most_each": str(rules.most_each),
                "pause_minutes": rules.pause_minutes,
                "rooms": "\n".join(rules.rooms),
                **{kind: rules.panel.get(kind, 0) for kind in ("agent", "dinum", "outside")},
            }
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("per_place") and (data.get("least_per_place") or 0) > data["per_place"]:
            self.add_error("least_per_place", "Ce nombre ne peut dépasser celui des auditions par place.")
        sizes = [data.get(kind) or 0 for kind in ("agent", "dinum", "outside")]
        if not 2 <= sum(sizes) <= 6:
            self.add_error("agent", "Un jury réunit de deux à six personnes.")
        return data

    def rules(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "per_place": data["per_place"],
            "least_per_place": data["least_per_place"],
            "most_each": int(data["most_each"]),
            "pause_minutes": data["pause_minutes"],
            "rooms": data["rooms"],
            "panel": {kind: data[kind] for kind in ("agent", "dinum", "outside")},
        }
