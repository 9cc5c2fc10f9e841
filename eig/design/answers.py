"""How a view answers: a form with its errors, a refusal in its own words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page of the form of `context`; 422 when what was typed is refused."""
    return render(request, template, context, status=422 if context["form"].errors else 200)


@contextmanager
def refusals_said(request: HttpRequest, *refusals: type[Exception]) -> Iterator[None]:
    """Around a deed and the words of its success: an exception that is a predicate skips the rest."""
    try:
        yield
    except refusals as reason:
        messages.error(request, str(reason))
