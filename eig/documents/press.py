"""The press: runs alone in a child process with limited memory and time, and turns HTML into a tagged PDF.

Started by `Press` as `python -m eig.documents.press`; reads JSON on standard input. A first line for what all
prints wear ({"stylesheet": name, "assets": {name: [media type, base64]}, "folder": for what it writes}) is
answered "ready", once WeasyPrint and its fonts are loaded. Then one order a line ({"html": text, "assets":
more of them, "out": file, "cpu_seconds", "memory_bytes": what it may take}): the PDF is written to `out`, and
the answer is the exit status, a line each.
Nothing but these assets can be read: no network, no file, no redirection.
"""

import base64
import gc
import json
import os
import resource
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from weasyprint import CSS, DEFAULT_OPTIONS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from eig.documents.tagging import finish, one_link_each

# Printed once before any order: what it loads, every fork has.
SAMPLE = """<!doctype html><html lang="fr"><title>Essai</title><body><h1>É</h1><p>Un <b>essai</b>
<em>d’impression</em>, <a href="https://exemple.example/">lié</a></p><ul><li>un</li></ul><table><tr><th>A</th><td>1</td></tr></table>"""
OPTIONS = {**DEFAULT_OPTIONS, "pdf_variant": "pdf/ua-1", "pdf_tags": True, "custom_metadata": False}
SELDOM = (50_000, 20, 20)
FILE_BYTES = 60_000_000
OUT_OF_MEMORY = 3


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


def limit_resources(*, cpu_seconds: int, memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    # The first one ends it by a signal that tells why, the second one whatever happens.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@dataclass(frozen=True, slots=True)
class House:
    """What all prints wear, read once; each fork has it in its memory."""

    assets: Mapping[str, tuple[str, bytes]]
    sheet: CSS
    fonts: FontConfiguration


def unpacked(assets: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, bytes]]:
    return {name: (media_type, base64.b64decode(data)) for name, (media_type, data) in assets.items()}


def opened(order: Mapping[str, Any]) -> House:
    tempfile.tempdir = order["folder"]
    assets = unpacked(order["assets"])
    fonts = FontConfiguration()
    sheet = CSS(
        string=assets[order["stylesheet"]][1].decode(),
        url_fetcher=StrictFetcher(assets),
        base_url="asset:",
        font_config=fonts,
    )
    return House(assets=assets, sheet=sheet, fonts=fonts)


def press(html: str, *, assets: Mapping[str, tuple[str, bytes]], house: House) -> bytes:
    fetcher = StrictFetcher({**house.assets, **assets})
    source = HTML(string=html, base_url="asset:", url_fetcher=fetcher)
    document = source.render(house.fonts, **{**OPTIONS, "stylesheets": [house.sheet]})
    one_link_each(document)
    pdf: bytes = document.write_pdf(finisher=finish, **OPTIONS)
    return pdf


def print_one(order: dict[str, Any], *, house: House) -> int:
    """In a fork of its own: print one order into its `out` file, or write there why not."""
    out = Path(order["out"])
    try:
        limit_resources(cpu_seconds=order["cpu_seconds"], memory_bytes=order["memory_bytes"])
        # A fork ends without tidying up: what it leaves goes with the folder of its print.
        tempfile.tempdir = str(out.parent)
        out.write_bytes(press(order["html"], assets=unpacked(order["assets"]), house=house))
    except MemoryError:
        return OUT_OF_MEMORY
    except BaseException as error:  # noqa: BLE001 — a hostile text may raise anything
        out.write_text(f"{type(error).__name__}: {error}"[:400])
        return 1
    return 0


def main() -> None:
    """One order a line, each printed in a fork: WeasyPrint is loaded once, limits are per print."""
    house = opened(json.loads(sys.stdin.readline()))
    press(SAMPLE, assets={}, house=house)
    say("ready")
    # What is loaded stays; the rest goes with the fork that made it: a print seldom looks for what is unused.
    gc.freeze()
    gc.set_threshold(*SELDOM)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(print_one(json.loads(line), house=house))
        _, status = os.waitpid(child, 0)
        say(f"{os.waitstatus_to_exitcode(status)}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
