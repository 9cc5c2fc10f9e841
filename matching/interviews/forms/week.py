"""The week: its rules and half-days."""

from datetime import date, time, timedelta
from typing import Any

from django import forms

from eig.design.moments import DayField
from eig.design.widgets import TimeInput
from matching.interviews.models import AuditionRules

MOST_ROOMS = 30


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
    rooms = forms.CharField(
        label="Salles",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Une par ligne ; autant de jurys siègent en parallèle.",
    )
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

    def clean_rooms(self) -> list[str]:
        lines = [line.strip()[:80] for line in self.cleaned_data["rooms"].splitlines() if line.strip()]
        if not lines or len(lines) > MOST_ROOMS:
            raise forms.ValidationError(f"Donnez de 1 à {MOST_ROOMS} salles, une par ligne.")
        if len(set(lines)) < len(lines):
            raise forms.ValidationError("Deux salles portent le même nom.")
        return lines

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


class HalfDaysForm(forms.Form):
    first = DayField(label="Premier jour")
    last = DayField(label="Dernier jour")
    morning_starts = forms.TimeField(label="Matin, début", widget=TimeInput(), initial=time(9, 0))
    morning_ends = forms.TimeField(label="Matin, fin", widget=TimeInput(), initial=time(12, 30))
    afternoon_starts = forms.TimeField(label="Après-midi, début", widget=TimeInput(), initial=time(14, 0))
    afternoon_ends = forms.TimeField(label="Après-midi, fin", widget=TimeInput(), initial=time(17, 30))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("first") and data.get("last"):
            if data["last"] < data["first"]:
                self.add_error("last", "Le dernier jour doit suivre le premier.")
            elif (data["last"] - data["first"]).days > 30:
                self.add_error("last", "Une semaine d’auditions tient dans un mois.")
        for part in ("morning", "afternoon"):
            starts, ends = data.get(f"{part}_starts"), data.get(f"{part}_ends")
            if starts and ends and ends <= starts:
                self.add_error(f"{part}_ends", "La fin doit être postérieure au début.")
        return data

    def days(self) -> list[date]:
        """Working days from the first to the last."""
        data = self.cleaned_data
        span = (data["last"] - data["first"]).days
        every = [data["first"] + timedelta(days=number) for number in range(span + 1)]
        return [day for day in every if day.weekday() < 5]

    def hours(self) -> list[tuple[time, time]]:
        data = self.cleaned_data
        return [(data[f"{part}_starts"], data[f"{part}_ends"]) for part in ("morning", "afternoon")]
