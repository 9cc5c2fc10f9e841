"""The server's access log, without the questionnaire: a line there would tell who answers, and when."""

from typing import Any

from gunicorn.glogging import Logger

from eig.diversity.middleware import PREFIX


class QuietLogger(Logger):  # type: ignore[misc]  # gunicorn is untyped
    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        if not str(environ.get("PATH_INFO", "")).startswith(PREFIX):
            super().access(resp, req, environ, request_time)
