"""The web server's entry."""

import os
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse

from django.core.wsgi import get_wsgi_application

from eig.body import whole

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eig.settings")
_site = get_wsgi_application()


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    return _site(whole(environ), start_response)
