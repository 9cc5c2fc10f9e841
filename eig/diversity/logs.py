"""The server's access log, without the questionnaire: a line there would tell who answers, and when.

Nor the secret of a link that opens something without an account: a long piece of an address.
docker/nginx.conf says the same.
"""

import re
from typing import Any

from gunicorn.glogging import Logger

from eig.diversity.middleware import PREFIX

# Longer than the number of a record (36), shorter than any secret.
SECRET = re.compile(r"(?<=/)[A-Za-z0-9._~:-]{38,}")


class QuietLogger(Logger):  # type: ignore[misc]  # gunicorn is untyped
    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        if not str(environ.get("PATH_INFO", "")).startswith(PREFIX):
            super().access(resp, req, environ, request_time)

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """What a line may tell: not what follows « ? », nor where one comes from, which may hold a secret."""
        told = SECRET.sub("***", str(environ.get("PATH_INFO", "")))
        line = f"{environ.get('REQUEST_METHOD', '')} {told}"
        return {**super().atoms(resp, req, environ, request_time), "r": line, "U": told, "q": "", "f": "-"}
