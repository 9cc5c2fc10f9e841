"""A deed at a door: refused, the page says why; done, it says so, and wakes those who have to act upon it."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from types import TracebackType
from typing import Self, TypeAlias

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from eig.documents.tasks import wake_workshop_after_commit
from eig.mail.tasks import wake_after_commit

Refusals: TypeAlias = type[BaseException] | tuple[type[BaseException], ...]


@dataclass(slots=True)
class Doing:
    """Does what its block does; true once it is done.

    `refusals` are said by the page, or by `form` (at its `field`), and end there. The post is always woken,
    the workshop when the deed `prints`.
    """

    request: HttpRequest
    refusals: Refusals
    _: KW_ONLY
    # What the page says once it is done; nothing, if empty.
    said: str = ""
    refused: Callable[[HttpRequest, str], None] = messages.error
    # Instead of the refusal's own sentence.
    why: str = ""
    form: forms.BaseForm | None = None
    field: str | None = None
    prints: bool = False
    is_done: bool = False

    def __bool__(self) -> bool:
        return self.is_done

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, reason: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if reason is None:
            self._done()
        elif not isinstance(reason, self.refusals):
            return False
        elif self.form is not None:
            self.form.add_error(self.field, self.why or str(reason))
        else:
            self.refused(self.request, self.why or str(reason))
        return True

    def _done(self) -> None:
        self.is_done = True
        wake_after_commit()
        if self.prints:
            wake_workshop_after_commit()
        if self.said:
            messages.success(self.request, self.said)
