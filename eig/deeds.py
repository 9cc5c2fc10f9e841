"""A deed at a door: refused, the page says why; done, it says so, and wakes those who have to act upon it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from eig.documents.tasks import wake_workshop_after_commit
from eig.mail.tasks import wake_after_commit

Refusals: TypeAlias = type[Exception] | tuple[type[Exception], ...]


@dataclass(slots=True)
class Outcome:
    """True once the deed is done; `said` is what the page then says of it, if anything."""

    said: str
    is_done: bool = False

    def __bool__(self) -> bool:
        return self.is_done


@contextmanager
def deed(
    request: HttpRequest,
    refusals: Refusals,
    *,
    said: str = "",
    refused: Callable[[HttpRequest, str], None] = messages.error,
    why: str = "",
    form: forms.BaseForm | None = None,
    field: str | None = None,
    prints: bool = False,
) -> Iterator[Outcome]:
    """Do what the block does; `refusals` are said by the page, or by `form` (at its `field`), and end there.

    `why` replaces the refusal's own sentence. The post is always woken, the workshop when the deed `prints`.
    """
    outcome = Outcome(said)
    try:
        yield outcome
    except refusals as reason:
        if form is not None:
            form.add_error(field, why or str(reason))
        else:
            refused(request, why or str(reason))
        return
    outcome.is_done = True
    wake_after_commit()
    if prints:
        wake_workshop_after_commit()
    if outcome.said:
        messages.success(request, outcome.said)
