"""The team's door on a promotion: the code in the address is read once, here."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from eig.accounts.doors import SignedInRequest, staff_only
from eig.promotions.models import Promotion

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponseBase)


def promotion_desk(
    view: Callable[Concatenate[SignedInRequest, Promotion, P], Response],
) -> Callable[..., Response]:
    """Programme team only: the view receives the promotion that the address names, or there is no page."""

    @staff_only
    @wraps(view)
    def door(request: SignedInRequest, /, promotion: str, *args: P.args, **kwargs: P.kwargs) -> Response:
        return view(request, get_object_or_404(Promotion, code=promotion), *args, **kwargs)

    return door
