"""What a step adds to the pages of its dossiers: where they are, how it names them, how it saves them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse

from eig.accounts.models import User
from eig.dossiers.kinds import CorrectionKind, ReceiptKind
from eig.dossiers.rules import FormView, SectionView
from eig.promotions.choices import PhaseKind


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above: its name, its address."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a dossier, on the pages of a step that asks for some."""

    # Those of a dossier, and the questions that they answer.
    of: Callable[[Any, FormView], Sequence[Any]]
    answered: Callable[[Sequence[Any]], Collection[str]]
    # What a section shows of them: the dossier, the section, its files, the forms of those that were refused.
    shown: Callable[[Any, SectionView, Sequence[Any], Sequence[Any]], Mapping[str, Any]]
    # Receive what is posted with a section, or with a correction: the forms of the files that are refused.
    take: Callable[[Any, Any, SectionView], Sequence[forms.Form]]
    take_again: Callable[[Any, Any], Sequence[forms.Form]]
    # What a correction shows: the fields to send some, those replaced.
    uploads: Callable[[Any], Iterable[Any]]
    replaced: Callable[[Any], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class DossierDesk:
    """The dossiers of a step on its pages."""

    corrections: CorrectionKind
    receipt: ReceiptKind
    # While this phase lasts, a draft is written; the step's own action saves a section.
    phase: PhaseKind
    save: Callable[..., object]
    # Why a dossier handed in is not written any more.
    closed: str
    # The doors of a dossier: where it is, one section, all of it read again; where the team sees it.
    page: str
    section: str
    review: str
    staff_page: str
    # The door of the receipt (less its namespace), its title, the words of the way back to the dossier.
    proof: str
    deposited: str
    whereabouts: str
    # The lists above them: a name and a door; none when people have one dossier.
    mine: tuple[str, str] | None
    listed: tuple[str, str]
    # The template of a section.
    template: str
    # The title of the history, and what it says of itself.
    history: tuple[str, str]
    # What those who write it read above the pages of a dossier, and under their title; then the team.
    label: Callable[[Any], str]
    lead: Callable[[Any], str]
    staff_label: Callable[[Any], str]
    staff_lead: Callable[[Any], str]
    # Those that this person writes; those of a promotion (its code) that the team may see.
    own: Callable[[User], QuerySet[Any]]
    handed_in: Callable[[str], QuerySet[Any]]
    # Those whose receipt this person may see.
    receipts: Callable[[User], QuerySet[Any]]
    files: Files | None = None
    # The template of what its receipt invites to.
    invitation: str = ""

    @property
    def name(self) -> str:
        """How templates call a dossier."""
        return self.corrections.model.DOSSIER

    def door(self, name: str, *args: Any) -> str:
        return reverse(f"{self.corrections.app}:{name}", args=args)

    def page_of(self, dossier: Any) -> str:
        return reverse(self.page, args=[dossier.code])

    def section_of(self, dossier: Any, section: str) -> str:
        return reverse(self.section, args=[dossier.code, section])

    def answers_of(self, dossier: Any) -> str:
        """The door where an answer is saved by itself, less the code of its question."""
        return self.door("answer_save", dossier.code, "_").removesuffix("_/")

    def crumbs(self, dossier: Any) -> list[Crumb]:
        """The pages above, for those who write it; the last one is the dossier's own."""
        above = [Crumb(self.mine[0], reverse(self.mine[1]))] if self.mine else []
        return [*above, Crumb(self.label(dossier), self.page_of(dossier))]

    def staff_crumbs(self, dossier: Any) -> list[Crumb]:
        here = dossier.promotion.code
        return [
            Crumb(self.listed[0], reverse(self.listed[1], args=[here])),
            Crumb(self.staff_label(dossier), reverse(self.staff_page, args=[here, dossier.code])),
        ]

    def corrections_of(self, dossier: Any) -> QuerySet[Any]:
        return self.corrections.rows.filter(**{self.name: dossier})
