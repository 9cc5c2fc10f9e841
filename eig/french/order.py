"""French order and search in SQL, the same on a server with or without ICU."""

from django.contrib.postgres.lookups import Unaccent
from django.db.models import F
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower


def french(field: str | Combinable) -> Lower:
    """Sort (or compare) a column as a French dictionary does: « Émile » between « Edgar » and « Eve »."""
    return Lower(Unaccent(F(field) if isinstance(field, str) else field))
