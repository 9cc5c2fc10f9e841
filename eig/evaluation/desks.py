"""What a call adds to the pages of its readings: names, addresses, what a dossier shows of itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from eig.accounts.doors import SignedInRequest
from eig.accounts.models import User
from eig.dossiers.desks import Crumb, DossierDesk
from eig.evaluation.models import Reading, Ties
from eig.listing.description import Listing
from eig.promotions.models import Promotion


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier as a line of a table: its name, where the team sees it, a word about it."""

    label: str
    href: str
    detail: str


@dataclass(frozen=True, slots=True)
class ReadingDesk:
    """The readings of a call on its pages: those of the people who read, those of the team."""

    model: type[Reading]
    dossiers: DossierDesk
    listing: Listing
    ties: Ties
    # A reader leaves, and perhaps judges no more (`eig.juries`).
    dismiss: Callable[..., int]
    # « Projet », « Administration »: the headings of a table of dossiers.
    heading: tuple[str, str]
    # The doors that each call names in its own way: the preview of a distribution, one reading more, and the
    # list from which it is asked.
    preview: str
    ask: str
    apart: str
    # Its list for a reader, and the door of its queue.
    listed: str
    take: str
    # How a reader knows a dossier: its name, a word about it; those of an anonymous call tell nobody's name.
    label: Callable[[Any], str]
    detail: Callable[[Any], str]
    # The question of conflict, before anything of the dossier; then what is shown of it, and how.
    before: Callable[[SignedInRequest, Any], Any]
    dossier: str
    shown: Callable[[Any], Mapping[str, Any]]
    take_next: Callable[..., Reading]
    # Whether readers know one another, once they have signed.
    names_readers: bool
    # Some dossiers of a promotion as lines, by their keys.
    lines: Callable[[Promotion, Sequence[int]], Mapping[int, Line]]
    # The template of the menu of the step's pages, and its style sheet.
    menu: str
    style: str
    # The template of how far the dossiers are read, and its context: how many readings each lacks.
    progress: str
    progressing: Callable[[SignedInRequest, Promotion, Mapping[int, int]], Mapping[str, Any]]
    # Where the marks of a calibration are compared: of one reading (nothing, if it is not one), of a person.
    calibration: Callable[[Any], str] = lambda review: ""
    calibrations: Callable[[User], Sequence[tuple[str, str]]] = lambda user: ()

    @property
    def title(self) -> str:
        return f"Lectures : {self.listing.title.lower()}"

    @property
    def mine(self) -> str:
        return f"Mes lectures de {self.listing.title.lower()}"

    def door(self, name: str, *args: Any) -> str:
        return self.dossiers.door(name, *args)

    def staff_crumbs(self, promotion: Promotion, *, readings: bool = True) -> list[Crumb]:
        """The pages above, for the team; the last one is the list of readings."""
        here = promotion.code
        listed, door = self.dossiers.listed
        above = [
            Crumb(promotion.name, reverse("journey:staff_cockpit", args=[here])),
            Crumb(listed, reverse(door, args=[here])),
        ]
        return [*above, Crumb("Lectures", self.door("staff_reading_list", here))] if readings else above
