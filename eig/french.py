"""French order, search and elision, the same on a server with or without ICU."""

import unicodedata

from django.contrib.postgres.lookups import Unaccent
from django.db.models import F
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower


def french(field: str | Combinable) -> Lower:
    """Sort (or compare) a column as a French dictionary does: « Émile » between « Edgar » and « Eve »."""
    return Lower(Unaccent(F(field) if isinstance(field, str) else field))


def folded(text: str) -> str:
    """The same folding in Python, for search terms and sorted lists."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower().strip()


def of(name: str) -> str:
    """« de » before a name, elided before a vowel or an h (names of our own: no aspirated h): « d’EIG 6 »."""
    return f"d’{name}" if folded(name)[:1] in {*"aeiouyh"} else f"de {name}"
