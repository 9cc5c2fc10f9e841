"""The lists that have deeds on many rows. Steps declare them: this package knows none of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from eig.accounts.models import User
from eig.listing.description import Listing, Row
from eig.listing.models import BulkDeed
from eig.promotions.models import Promotion

# The refusal that a row would meet, if any.
Judge = Callable[[Row], str]


class DeedForm(forms.Form):
    """What a deed needs to be told; nothing, unless it says more."""

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promotion = promotion

    def given(self) -> dict[str, Any]:
        """Plain values, kept with the deed."""
        return dict(self.cleaned_data)


def nothing_said(deed: BulkDeed, ids: Sequence[int]) -> Judge:
    return lambda row: ""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that may be done to many rows: asked by a form, judged row by row, done row by row."""

    label: str
    # Says what was done, in a sentence; raises one of `refusals`.
    do: Callable[[BulkDeed, Row, User, datetime], str]
    refusals: tuple[type[Exception], ...]
    # Before anything is done: a few queries, however many rows.
    judge: Callable[[BulkDeed, Sequence[int]], Judge] = nothing_said
    form: type[DeedForm] = DeedForm


_deeds: dict[str, tuple[Listing, Mapping[str, Deed]]] = {}


def declare_deeds(listing: Listing, deeds: Mapping[str, Deed]) -> None:
    """Say, from the worker's door of a step, what may be done to many rows of its list."""
    _deeds[listing.code] = (listing, deeds)


def deeds_of(listing: Listing) -> Mapping[str, Deed]:
    return _deeds[listing.code][1] if listing.code in _deeds else {}


def meaning_of(bulk: BulkDeed) -> tuple[Listing, Deed] | None:
    """The list and the deed that were asked; nothing when no step declares them any more."""
    if bulk.listing not in _deeds:
        return None
    listing, deeds = _deeds[bulk.listing]
    return (listing, deeds[bulk.kind]) if bulk.kind in deeds else None
