"""How a view answers: a form with its errors. A deed is said by `eig.deeds`."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render


def form_page(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page of the form of `context`; 422 when what was typed is refused."""
    return render(request, template, context, status=422 if context["form"].errors else 200)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: a post that holds nothing is a form sent empty, not a form to show."""
    return request.POST if request.method == "POST" else None
