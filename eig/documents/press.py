"""The press: runs alone in a child process with limited memory and time, and turns HTML into a tagged PDF.

Started by `Press` as `python -m eig.documents.press`; reads one JSON order a line on standard input
({"html": text, "stylesheets": [names], "assets": {name: [media type, base64]}, "out": file}), writes the
PDF to `out` and answers the exit status, a line each.
Nothing but the assets of the order can be read: no network, no file, no redirection.
"""

import base64
import importlib
import json
import os
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# What a print loads on its way: loaded here once, else each fork would load it again.
LOADED_EARLY = (
    "email.contentmanager",
    "email.headerregistry",
    "fontTools.ttLib.tables.O_S_2f_2",
    "fontTools.ttLib.tables._h_h_e_a",
)
MEMORY_BYTES = 2_000_000_000
CPU_SECONDS = 120
FILE_BYTES = 60_000_000


class StrictFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint is untyped
    """Serves the assets prepared by the application, and nothing else."""

    def __init__(self, assets: dict[str, tuple[str, bytes]]) -> None:
        super().__init__(allowed_protocols=["asset"], allow_redirects=False, timeout=1)
        self.assets = assets

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        name = url.removeprefix("asset:")
        if not url.startswith("asset:") or name not in self.assets:
            raise ValueError(f"blocked: {url[:80]}")
        media_type, data = self.assets[name]
        return URLFetcherResponse(url, data, {"Content-Type": media_type})


def limit_resources() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def press(order: dict[str, Any]) -> bytes:
    assets = {
        name: (media_type, base64.b64decode(data)) for name, (media_type, data) in order["assets"].items()
    }
    fetcher = StrictFetcher(assets)
    fonts = FontConfiguration()
    sheets = [
        CSS(string=assets[name][1].decode(), url_fetcher=fetcher, base_url="asset:", font_config=fonts)
        for name in order["stylesheets"]
    ]
    document = HTML(string=order["html"], base_url="asset:", url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(
        stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True, custom_metadata=False
    )
    return pdf


def print_one(order: dict[str, Any]) -> int:
    """In a fork of its own: print one order into its `out` file, or write there why not."""
    out = Path(order["out"])
    try:
        limit_resources()
        # A fork ends without tidying up: what it leaves goes with the folder of its print.
        tempfile.tempdir = str(out.parent)
        out.write_bytes(press(order))
    except BaseException as error:  # noqa: BLE001 — a hostile text may raise anything
        out.write_text(f"{type(error).__name__}: {error}"[:400])
        return 1
    return 0


def main() -> None:
    """One order a line, each printed in a fork: WeasyPrint is loaded once, limits are per print."""
    for name in LOADED_EARLY:
        importlib.import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(print_one(json.loads(line)))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
