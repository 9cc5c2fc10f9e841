"""`render_pdf`: a template becomes a tagged PDF/UA, in a child process that can read nothing of ours."""

import base64
import contextlib
import json
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from eig.french.spaces import spaced_html
from eig.jobs.actions import JobFailed, JobRefused

PDF_MARK = b"%PDF-"
# Letters that only one font knows (bullets of a word processor, in a CV): no font of ours draws them.
PRIVATE_LETTERS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")

# Style sheet and fonts of every print: the State's own, served to the press by name.
STYLESHEET = "design/pdf.css"
FONTS = {
    "Marianne-Regular.woff2": "dsfr/dist/fonts/Marianne-Regular.woff2",
    "Marianne-Bold.woff2": "dsfr/dist/fonts/Marianne-Bold.woff2",
    "Marianne-Regular_Italic.woff2": "dsfr/dist/fonts/Marianne-Regular_Italic.woff2",
    "Marianne-Medium.woff2": "dsfr/dist/fonts/Marianne-Medium.woff2",
}


class PrintFailed(JobFailed):
    """The press refused, ran out of time or of memory; the reason is for staff, not for the public."""


class PrintTooHeavy(PrintFailed, JobRefused):
    """It asks for more time or memory than its kind may take: so would it the next time."""


@dataclass(frozen=True, slots=True)
class PrintLimits:
    """What one print may take; the time of the clock is longer, as others work beside."""

    cpu_seconds: int
    wall_seconds: int
    memory_bytes: int


# Whatever one person wrote, others wait behind; and what says the texts of a whole promotion.
SHORT = PrintLimits(cpu_seconds=20, wall_seconds=28, memory_bytes=1_500_000_000)
LONG = PrintLimits(cpu_seconds=120, wall_seconds=150, memory_bytes=2_000_000_000)
# How a fork of the press ends: killed for its time, or out of memory (see press.py).
TOO_HEAVY = {f"{-signal.SIGXCPU}": "de temps", "3": "de mémoire"}


@lru_cache(maxsize=32)
def _static(name: str) -> bytes:
    path = finders.find(name)
    if not isinstance(path, str):
        raise PrintFailed(f"fichier absent : {name}")
    return Path(path).read_bytes()


def _packed(assets: Mapping[str, tuple[str, bytes]]) -> dict[str, tuple[str, str]]:
    return {
        name: (media_type, base64.b64encode(data).decode()) for name, (media_type, data) in assets.items()
    }


def _house(folder: str) -> dict[str, Any]:
    """What every print wears, for the press to read once."""
    fonts = {name: ("font/woff2", _static(path)) for name, path in FONTS.items()}
    assets = {"pdf.css": ("text/css", _static(STYLESHEET)), **fonts}
    return {"stylesheet": "pdf.css", "assets": _packed(assets), "folder": folder}


class Press:
    """A press that stays warm for several prints: `with Press() as press: press.html(…)`.

    Each print is a fork with its own limits of memory and time; a print that exceeds the wall time takes the
    whole press with it, and the next one starts a new press.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="eig-press-")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()
        self._folder.cleanup()

    def html(
        self, html: str, *, assets: Mapping[str, tuple[str, bytes]] | None = None, long: bool = False
    ) -> bytes:
        """Print HTML as PDF/UA bytes. Raises PrintFailed."""
        limits = LONG if long else SHORT
        with tempfile.TemporaryDirectory(dir=self._folder.name) as desk:
            out = Path(desk) / "print.pdf"
            order: dict[str, Any] = {
                "html": PRIVATE_LETTERS.sub("•", spaced_html(html)),
                "assets": _packed(assets or {}),
                "out": str(out),
                "cpu_seconds": limits.cpu_seconds,
                "memory_bytes": limits.memory_bytes,
            }
            status = self._print(json.dumps(order), seconds=limits.wall_seconds)
            data = out.read_bytes() if out.exists() else b""
        if what := TOO_HEAVY.get(status):
            raise PrintTooHeavy(f"ce document demande plus {what} qu’une impression n’en a")
        if status != "0" or not data.startswith(PDF_MARK):
            raise PrintFailed(data.decode(errors="replace")[:400] or f"l’impression s’est arrêtée ({status})")
        return data

    def _print(self, order: str, *, seconds: int) -> str:
        try:
            child = self._started()
            if child.stdin is None:
                raise PrintFailed("la presse n’a pas démarré")
            child.stdin.write(f"{order}\n")
            child.stdin.flush()
        except BrokenPipeError as error:
            self._stop()
            raise PrintFailed("la presse s’est arrêtée") from error
        return self._answer(child, seconds=seconds)

    def _answer(self, child: "subprocess.Popen[str]", *, seconds: int) -> str:
        if child.stdout is None or not select.select([child.stdout], [], [], seconds)[0]:
            self._stop()
            raise PrintFailed("le temps accordé à l’impression est dépassé")
        return child.stdout.readline().strip()

    def _started(self) -> subprocess.Popen[str]:
        if self._child is None or self._child.poll() is not None:
            self._stop()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "eig.documents.press"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=settings.BASE_DIR,
                env={
                    "PATH": os.environ.get("PATH", ""),
                    "HOME": os.environ.get("HOME", "/nonexistent"),
                    "LANG": "C.UTF-8",
                    "OMP_NUM_THREADS": "1",
                },
                start_new_session=True,
            )
            if self._child.stdin is not None:
                self._child.stdin.write(f"{json.dumps(_house(self._folder.name))}\n")
                self._child.stdin.flush()
            # To load WeasyPrint and its fonts takes longer than most prints: it is not of their time.
            self._answer(self._child, seconds=LONG.wall_seconds)
        return self._child

    def _stop(self) -> None:
        """End the press and the print under way: they are one process group."""
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()


def press_html(
    html: str, *, assets: Mapping[str, tuple[str, bytes]] | None = None, long: bool = False
) -> bytes:
    """Print one HTML text alone. Raises PrintFailed."""
    with Press() as press:
        return press.html(html, assets=assets, long=long)


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    assets: Mapping[str, tuple[str, bytes]] | None = None,
    press: Press | None = None,
    long: bool = False,
) -> bytes:
    """Print `templates/<template>` (which extends `pdf/base.html`) with `context`. Raises PrintFailed."""
    html = render_to_string(template, dict(context))
    return press.html(html, assets=assets, long=long) if press else press_html(html, assets=assets, long=long)
