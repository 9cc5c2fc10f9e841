"""What a step adds to the team's pages of its juries: where they are, who may sit, what they hear."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from eig.dossiers.desks import Crumb
from eig.juries.kinds import Table
from eig.promotions.models import Promotion

LISTS = {"list": "Jurys", "jurors": "Membres"}
Deed = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Jury:
    """One jury on its page: what is wrong with it in words, who may join and why they should not."""

    panel: Any
    seats: Sequence[Any]
    warnings: Sequence[str]
    offered: Sequence[tuple[Any, str]]
    # It has nobody to hear: it may be removed.
    is_empty: bool
    # What the step's own part of the page reads.
    heard: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class JuryDesk:
    """The juries of a step on the team's pages."""

    table: Table[Any, Any]
    # The namespace of its doors, and their names: of a jury (list, create, page, change, remove, seat), then
    # of its jurors (jurors, juror, dismiss, recuse).
    app: str
    doors: Mapping[str, str]
    # The address of a deed on a seat (« referent », « remove », « move »), the name and value it sends.
    seat_door: Callable[[Any, str], tuple[str, str, str]]
    # The page above: its name and its door; the part of the page that says who is heard, and what they are.
    above: tuple[str, str]
    heard: str
    subject: str
    # When people who were told learn of a change.
    told: str
    # The jury of this code, or none.
    jury_of: Callable[[Promotion, UUID], Jury | None]
    # Who may sit; the form that corrects what is known of them; what to ask them about.
    jurors: Callable[[Promotion], QuerySet[Any]]
    juror_form: Deed
    ties: Callable[[Any], Sequence[Any]]
    # From what a juror may step aside, with its name, or 404; what follows from it, who reads the reason.
    judged: Callable[[Promotion, UUID], tuple[Any, str]]
    aside: str
    readers: str
    # What the deeds may refuse: of a jury; of a seat, which take it; of a juror.
    refusals: tuple[type[Exception], ...]
    create: Deed
    change: Deed
    remove: Deed
    seat: Deed
    unseat: Deed
    refer: Deed
    move: Deed
    correct: Deed
    dismiss: Deed
    recuse: Deed

    def door(self, name: str, promotion: Promotion, *args: Any) -> str:
        return reverse(f"{self.app}:{self.doors[name]}", args=[promotion.code, *args])

    def crumbs(self, promotion: Promotion, *more: str) -> list[Crumb]:
        """The pages above, to the list of juries, or of jurors."""
        label, view = self.above
        found = [Crumb(label, reverse(view, args=[promotion.code]))]
        return [*found, *(Crumb(LISTS[name], self.door(name, promotion)) for name in more)]
