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
    # This cache lies in the database: a write, undone at once, of a key that nobody else asks for meanwhile.
    asked = f"health:{uuid4().hex}"
    kept = cache.add(asked, 1, timeout=60) and cache.delete(asked)
    # Before the first file the folder itself is not there.
    folder = next(path for path in (settings.PRIVATE_ROOT, *settings.PRIVATE_ROOT.parents) if path.exists())
    room = kept and disk_usage(folder).free >= LEAST_ROOM
    told = "ok" if room else "nothing can be kept"
    return HttpResponse(told, status=200 if room else 503, content_type="text/plain")
