"""What a cell may hold, in each format. Plain values in, plain values out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from eig.french.letters import slug

Kind = Literal["text", "number", "date", "moment"]
Cell = str | int | Decimal | date | datetime | None

# Excel's limit for the text of one cell.
CELL_LIMIT = 32_767
# What a spreadsheet may take for the beginning of a formula (OWASP, CSV injection).
STARTS_A_FORMULA = re.compile(r"^[\s\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
# A country code, then groups of digits: a spreadsheet has nothing to compute in it.
IS_A_PHONE = re.compile(r"^\+\d{1,3}(?:[ \u00a0\u202f.]\d+)+$")
# Not allowed in XML 1.0.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its French heading, what its cells are, how wide it opens (characters)."""

    label: str
    kind: Kind = "text"
    width: int = 18


def plain(text: str) -> str:
    """A text that any spreadsheet can hold: no control character, a bounded length."""
    clean = FORBIDDEN.sub("", text.replace("\r\n", "\n"))
    return clean if len(clean) <= CELL_LIMIT else f"{clean[: CELL_LIMIT - 1]}…"


def neutralised(text: str) -> str:
    """A text that no spreadsheet runs when it opens a CSV: an apostrophe before what looks like a formula.

    A phone number is no formula: « +33 6 12 34 56 78 » stays as it was typed.
    """
    return f"'{text}" if STARTS_A_FORMULA.match(text) and not IS_A_PHONE.match(text) else text


def headings(columns: Sequence[Column]) -> list[str]:
    """The labels, each once: the second « Expertise » is « Expertise (2) »."""
    found: list[str] = []
    for column in columns:
        label, turn = column.label, 1
        while label in found:
            turn += 1
            label = f"{column.label} ({turn})"
        found.append(label)
    return found


def written(cell: Cell, kind: Kind) -> str:
    """A cell as French readers write it: « 3,67 », « 18/03/2022 14:32 »."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M:%S}" if kind == "moment" else f"{cell:%d/%m/%Y}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, (int, Decimal)) and not isinstance(cell, bool):
        return str(cell).replace(".", ",")
    return neutralised(plain(str(cell)))


def file_name(title: str, *, at: datetime, suffix: str) -> str:
    """« Candidatures EIG 6 » of the 4th of May: candidatures-eig-6-2022-05-04.xlsx."""
    return f"{slug(title) or 'export'}-{at:%Y-%m-%d}.{suffix}"
