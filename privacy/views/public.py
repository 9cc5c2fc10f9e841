"""What is said when nobody is signed in any more."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def account_erased(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/account_erased.html")
