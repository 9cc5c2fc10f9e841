"""One more row of a formset, asked without JavaScript: the posted data, with a larger count."""

from django.http import QueryDict

MOST_ROWS = 50


def one_more(data: QueryDict, prefix: str) -> QueryDict:
    """A copy of what was posted, with room for one more form; nothing typed is lost."""
    copy = data.copy()
    total = f"{prefix}-TOTAL_FORMS"
    posted = str(copy.get(total, ""))
    count = int(posted) if posted.isdecimal() else 0
    copy[total] = str(min(count + 1, MOST_ROWS))
    return copy
