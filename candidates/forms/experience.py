"""Periods of work, month by month, for the calculator of years."""

from datetime import date
from typing import Any

from django import forms

EARLIEST = date(1950, 1, 1)


class MonthInput(forms.DateInput):
    """The browser's month picker; elsewhere a plain field, « 2019-09 »."""

    input_type = "month"

    def __init__(self) -> None:
        super().__init__(attrs={"placeholder": "2019-09", "class": "eig-code-input"}, format="%Y-%m")


def _month(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m", "%m/%Y", "%Y-%m-%d"],
        widget=MonthInput(),
        error_messages={"invalid": "Indiquez un mois, par exemple 2019-09."},
        **options,
    )


class PeriodForm(forms.Form):
    first = _month("Premier mois", help_text="Par exemple 2019-09.")
    last = _month("Dernier mois", help_text="Laissez vide si la période est en cours.")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if last and not first and not self.errors.get("first"):
            self.add_error("first", "Indiquez le premier mois de cette période.")
        if first and not EARLIEST <= first <= self.today:
            self.add_error("first", "Ce mois n’est pas possible.")
        if last and last > self.today:
            self.add_error("last", "Ce mois n’est pas encore passé.")
        elif first and last and last < first:
            self.add_error("last", "Le dernier mois est avant le premier.")
        return given

    @property
    def period(self) -> tuple[date, date] | None:
        first = self.cleaned_data.get("first")
        return (first, self.cleaned_data.get("last") or self.today) if first else None


PeriodFormSet = forms.formset_factory(PeriodForm, extra=2, max_num=30, absolute_max=50)


def periods_of(formset: forms.BaseFormSet[PeriodForm]) -> list[tuple[date, date]]:
    """The periods of a valid formset, its empty rows apart."""
    return [form.period for form in formset.forms if form.period]
