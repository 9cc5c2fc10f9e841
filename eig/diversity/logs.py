"""The server's access log, without the questionnaire: a line there would tell who answers, and when.

Nor the secret of a link that opens something without an account: a long piece of an address.
docker/nginx.conf says the same.
"""

from typing import Any
from urllib.parse import quote

from gunicorn.glogging import Logger

from eig.diversity.middleware import PREFIX
from eig.logs import Discreet, quiet


class QuietLogger(Logger):  # type: ignore[misc]  # gunicorn is untyped
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Discreet(self.error_fmt, self.datefmt))

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        if not str(environ.get("PATH_INFO", "")).startswith(PREFIX):
            super().access(resp, req, environ, request_time)

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """What a line may tell: not what follows « ? », nor where one comes from, which may hold a secret."""
        # As it was sent: an address that holds the end of a line begins none here.
        path = str(environ.get("PATH_INFO", "")).encode("latin-1", "replace")
        told = quote(quiet(path.decode("utf-8", "replace")), safe="/*~:@!$&'()+,;=")
        line = f"{environ.get('REQUEST_METHOD', '')} {told}"
        return {**super().atoms(resp, req, environ, request_time), "r": line, "U": told, "q": "", "f": "-"}
