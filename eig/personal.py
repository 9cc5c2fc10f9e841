"""The words in which a package says what personal data it keeps: each `privacy.py` is written with them.

A `Purpose` is a line of the register and a group of « Mes données »; a `Record` says, field by field, what
becomes of a model when a person (or one dossier) is erased; a `Clock` says when that happens by itself.
`privacy` reads them all: what a person sees, downloads and erases, the purge and the documentation come from
here and nowhere else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Model, Q, QuerySet

# What a row hangs on: an account, an application, a project.
PERSON: Final = "accounts.user"
APPLICATION: Final = "candidates.application"
PROJECT: Final = "projects.project"

PUBLIC_INTEREST: Final = "mission d’intérêt public"
BEFORE_CONTRACT: Final = "mesures prises avant un contrat, à la demande de la personne"
CONTRACT: Final = "exécution du contrat"
CONSENT: Final = "consentement"

ERASED: Final = "(effacé)"


class _Empty:
    """The field takes the empty value of its kind: no text, no answer, null where null is allowed."""

    def __repr__(self) -> str:
        return "EMPTY"


EMPTY: Final = _Empty()


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why some data are kept. `kept` may hold « {months} », the length of the purpose's clock."""

    code: str
    title: str
    why: str
    seen_by: str
    kept: str
    # What an erasure does of it, in words for the person.
    erasure: str
    basis: str = PUBLIC_INTEREST
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A model, field by field. A text or a link to a person that is in no list fails a test.

    `erased` maps fields to what replaces them (`EMPTY`, a word, a function of the row); `kept` are links
    to people: after an erasure they lead to an account without a name; `plain` are texts that hold nothing
    personal. With `gone`, the rows are deleted. Fields are named in one text: « person name headline ».
    """

    model: type[Model]
    # How the model hangs on a subject: « ranking__application » for an application; « pk » is the subject.
    subject: str = ""
    path: str = ""
    purpose: str = ""
    # The columns (label of the subject, its key) of a link without a foreign key.
    generic: tuple[str, str] | None = None
    # A column that holds an address: rows sent to the person's are theirs too, with or without an account.
    address: str = ""
    erased: Mapping[str, Any] = field(default_factory=dict)
    kept: str = ""
    plain: str = ""
    gone: bool = False
    # Fields that the person reads and downloads; none: nothing but the rest is theirs to read.
    shown: str = ""
    # What is not theirs to read yet (a decision before its wave).
    readable: Q = field(default_factory=Q)
    # Rows of another kind in the same table.
    only: Q = field(default_factory=Q)
    # Other people may have written the person's name in its texts: they are searched too.
    searched: bool = True
    title: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """From when and how long a kind of record is kept. `rows` gives them with `clock_started_at`, and the
    person if any.

    The deed is the erasure of the subject; `forget` replaces it for rows that are simply deleted or emptied.
    """

    code: str
    title: str
    # « après la décision »
    since: str
    months: int
    rows: Callable[[], QuerySet[Any]]
    subject: str = ""
    # The lookup of the promotion that sets the length; none: the service does.
    promotion: str = ""
    # The lookup of the person to warn thirty days before; none: nobody is warned.
    person: str = ""
    forget: Callable[[QuerySet[Any]], int] | None = None


def delete(rows: QuerySet[Any]) -> int:
    """The deed of a clock whose rows are simply deleted."""
    return rows.delete()[0]


@dataclass(frozen=True, slots=True)
class Register:
    """What one package declares."""

    purposes: tuple[Purpose, ...] = ()
    records: tuple[Record, ...] = ()
    clocks: tuple[Clock, ...] = ()
    # Printed documents: kind → label of the model it is about, « everybody » when it names several people,
    # « nobody » when it names none.
    prints: Mapping[str, str] = field(default_factory=dict)
