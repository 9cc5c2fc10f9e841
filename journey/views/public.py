"""Home, and whether the service is alive."""

from shutil import disk_usage
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from journey.queries.home import home_page

# Some files of the largest size, and the prints that follow them.
LEAST_ROOM = 10 * settings.UPLOAD_MAX_BYTES


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "journey/home.html", {"home": home_page()})


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Answers 200 when something can be kept, by the database and on the disk of files."""
    asked = uuid4().hex
    # This cache lies in the database; it does not say that a write failed, so it is read back.
    cache.set("health", asked, timeout=60)
    room = cache.get("health") == asked and disk_usage(settings.PRIVATE_ROOT.parent).free >= LEAST_ROOM
    told = "ok" if room else "nothing can be kept"
    return HttpResponse(told, status=200 if room else 503, content_type="text/plain")
