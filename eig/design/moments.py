"""Days and hours that people type: bounded, in Paris, never an hour that clocks skip or show twice."""

from datetime import datetime
from typing import Any

from django import forms

from eig.design.widgets import DateInput, DateTimeInput, TimeInput
from eig.french.dates import UnclearHour, at_hour

# A year typed in two figures, or one digit too many, is no day of a promotion.
YEARS = range(2000, 2101)
LATE = "La fin doit être postérieure au début."
OUT_OF_BOUNDS = f"Indiquez une année entre {YEARS[0]} et {YEARS[-1]}."


class DayField(forms.DateField):
    """A day, from 2000 to 2100."""

    widget = DateInput

    def __init__(self, **options: Any) -> None:
        said = {"invalid": "Indiquez une date, par exemple 12/09/2026."}
        super().__init__(**{"error_messages": said, **options})

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value.year not in YEARS:
            raise forms.ValidationError(OUT_OF_BOUNDS)


class MomentField(forms.DateTimeField):
    """A day and an hour of Paris, from 2000 to 2100."""

    widget = DateTimeInput

    def __init__(self, **options: Any) -> None:
        said = {"invalid": "Indiquez une date et une heure."}
        super().__init__(**{"error_messages": said, "help_text": "Heure de Paris.", **options})

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            clock = (error.params or {}).get("datetime")
            if not isinstance(clock, datetime):
                raise
            # Django's own words for an hour that clocks skip name a time zone.
            raise forms.ValidationError(_unclear(clock)) from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value.year not in YEARS:
            raise forms.ValidationError(OUT_OF_BOUNDS)


def _unclear(clock: datetime) -> str:
    if clock.year not in YEARS:
        return OUT_OF_BOUNDS
    try:
        at_hour(clock.date(), clock.time())
    except UnclearHour as error:
        return str(error)
    raise AssertionError(f"{clock} is an hour of Paris")


class HoursForm(forms.Form):
    """A day, from an hour to another: two instants in `cleaned_data`, `starts_at` and `ends_at`."""

    day = DayField(label="Jour")
    starts = forms.TimeField(label="Début", widget=TimeInput())
    ends = forms.TimeField(label="Fin", widget=TimeInput())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("day"):
            return data
        for name in ("starts", "ends"):
            if data.get(name) is None:
                continue
            try:
                data[f"{name}_at"] = at_hour(data["day"], data[name])
            except UnclearHour as error:
                self.add_error(name, str(error))
        if "starts_at" in data and "ends_at" in data and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends", LATE)
        return data
