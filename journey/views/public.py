"""Home, and whether the service is alive."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from journey.queries.home import home_page


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "journey/home.html", {"home": home_page()})


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Answers 200 when the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
