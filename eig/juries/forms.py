"""What the team composes, in both kinds of juries: who may sit, half-days, juries, who sits where."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any, cast

from django import forms
from django.utils.timezone import localtime

from eig.accounts.fields import AddressField, NameField
from eig.design.moments import LATE, DayField, HoursForm
from eig.design.widgets import TimeInput
from eig.juries.choices import JurorKind
from eig.juries.models import AnyJuror, AnyPanel
from eig.promotions.models import Promotion

MOST_ROOMS = 30
LONGEST = timedelta(days=60)
PERSON = ("email", "first_name", "last_name")


class JurorForm(forms.Form):
    """Who may sit; of a `juror` already named, what is known of them."""

    email = AddressField()
    first_name = NameField(label="Prénom", max_length=80)
    last_name = NameField(label="Nom", max_length=80)
    kind = forms.ChoiceField(label="Qualité", choices=JurorKind.choices, widget=forms.RadioSelect)
    organisation = forms.CharField(
        label="Organisme",
        required=False,
        max_length=160,
        help_text="Sert à repérer les liens possibles avec ce que cette personne entendra.",
    )

    def __init__(
        self, *args: Any, promotion: Promotion, juror: AnyJuror | None = None, **kwargs: Any
    ) -> None:
        if juror is not None:
            known = {"kind": juror.kind, "organisation": juror.organisation}
            kwargs["initial"] = {**known, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for name in PERSON if juror is not None else ():
            del self.fields[name]

    def values(self) -> dict[str, Any]:
        """Arguments of the step's deed, but for the person."""
        return {name: self.cleaned_data[name] for name in ("kind", "organisation")}


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
            elif data["last"] - data["first"] > LONGEST:
                self.add_error("last", "Ajoutez deux mois de demi-journées au plus à la fois.")
        for part in ("morning", "afternoon"):
            starts, ends = data.get(f"{part}_starts"), data.get(f"{part}_ends")
            if starts and ends and ends <= starts:
                self.add_error(f"{part}_ends", LATE)
        return data

    def values(self) -> dict[str, Any]:
        """Arguments of `add_half_days`: working days from the first to the last, hours of each."""
        data = self.cleaned_data
        span = (data["last"] - data["first"]).days
        every: list[date] = [data["first"] + timedelta(days=rank) for rank in range(span + 1)]
        days = [day for day in every if day.weekday() < 5]
        parts = ("morning", "afternoon")
        return {"days": days, "hours": [(data[f"{part}_starts"], data[f"{part}_ends"]) for part in parts]}


class PanelForm(HoursForm):
    """A jury's name, room and hours."""

    name = forms.CharField(label="Intitulé", max_length=80, help_text="Par exemple : Jury 3, mardi matin.")
    room = forms.CharField(label="Salle", max_length=80)
    link = forms.URLField(
        label="Lien de visioconférence",
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text="Donné avec leur horaire aux personnes entendues.",
    )
    field_order = ("name", "room", "link", "day", "starts", "ends")

    def __init__(self, *args: Any, panel: AnyPanel | None = None, **kwargs: Any) -> None:
        if panel is not None:
            starts, ends = localtime(panel.during.lower), localtime(panel.during.upper)
            kwargs["initial"] = {
                "name": panel.name, "room": panel.room, "link": panel.link, "day": starts.date(),
                "starts": starts.time(), "ends": ends.time(),
            }  # fmt: skip
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Arguments of `create_panel` and `change_panel`."""
        data = self.cleaned_data
        place = {name: data[name] for name in ("name", "room", "link")}
        return {**place, "starts": data["starts_at"], "ends": data["ends_at"]}


class SeatForm(forms.Form):
    """Who joins a jury: `people` are (juror, why they should not, if anything)."""

    juror = forms.ChoiceField(label="Personne", error_messages={"required": "Choisissez une personne."})
    referent = forms.BooleanField(label="Référent ou référente du jury", required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, choices = {}, [("", "Choisir une personne")]
        for juror, why in people:
            self.people[str(juror.code)] = juror
            label = f"{juror.person} – {juror.get_kind_display()}"
            choices.append((str(juror.code), f"{label} ({why})" if why else label))
        cast(forms.ChoiceField, self.fields["juror"]).choices = choices

    def chosen(self) -> Any:
        return self.people[self.cleaned_data["juror"]]


class RoomsField(forms.CharField):
    """Names of rooms, one a line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def clean(self, value: Any) -> Any:
        lines = [" ".join(line.split())[:80] for line in super().clean(value).splitlines()]
        rooms = [line for line in lines if line]
        if len(rooms) > MOST_ROOMS:
            raise forms.ValidationError(f"Donnez de 1 à {MOST_ROOMS} salles, une par ligne.")
        if len(set(rooms)) < len(rooms):
            raise forms.ValidationError("Deux salles portent le même nom.")
        return rooms
