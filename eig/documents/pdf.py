"""`render_pdf`: a template becomes a tagged PDF/UA, in a child process that can read nothing of ours."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

WALL_SECONDS = 150
PDF_MARK = b"%PDF-"

# Style sheet and fonts of every print: the State's own, served to the press by name.
STYLESHEET = "design/pdf.css"
FONTS = {
    "Marianne-Regular.woff2": "dsfr/dist/fonts/Marianne-Regular.woff2",
    "Marianne-Bold.woff2": "dsfr/dist/fonts/Marianne-Bold.woff2",
    "Marianne-Regular_Italic.woff2": "dsfr/dist/fonts/Marianne-Regular_Italic.woff2",
    "Marianne-Medium.woff2": "dsfr/dist/fonts/Marianne-Medium.woff2",
}


class PrintFailed(Exception):
    """The press refused, ran out of time or of memory; the reason is for staff, not for the public."""


@lru_cache(maxsize=32)
def _static(name: str) -> bytes:
    path = finders.find(name)
    if not isinstance(path, str):
        raise PrintFailed(f"fichier absent : {name}")
    return Path(path).read_bytes()


def _assets(extra: Mapping[str, tuple[str, bytes]]) -> dict[str, tuple[str, str]]:
    fonts = {name: ("font/woff2", _static(path)) for name, path in FONTS.items()}
    sheet = {"pdf.css": ("text/css", _static(STYLESHEET))}
    return {
        name: (media_type, base64.b64encode(data).decode())
        for name, (media_type, data) in {**fonts, **sheet, **extra}.items()
    }


def press_html(html: str, *, assets: Mapping[str, tuple[str, bytes]] | None = None) -> bytes:
    """Print HTML as PDF/UA bytes. Raises PrintFailed."""
    order: dict[str, Any] = {"html": html, "stylesheets": ["pdf.css"], "assets": _assets(assets or {})}
    command: Sequence[str] = [sys.executable, "-m", "eig.documents.press"]
    try:
        child = subprocess.run(  # noqa: S603 — our own interpreter and module
            command,
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=settings.BASE_DIR,
            env={
                "PATH": os.environ.get("PATH", ""),
                "HOME": os.environ.get("HOME", "/nonexistent"),
                "LANG": "C.UTF-8",
                "OMP_NUM_THREADS": "1",
            },
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PrintFailed("le temps accordé à l’impression est dépassé") from error
    if child.returncode != 0 or not child.stdout.startswith(PDF_MARK):
        lines = child.stderr.decode(errors="replace").strip().splitlines() or [f"code {child.returncode}"]
        raise PrintFailed(lines[-1][:400])
    return child.stdout


def render_pdf(
    template: str, context: Mapping[str, Any], *, assets: Mapping[str, tuple[str, bytes]] | None = None
) -> bytes:
    """Print `templates/<template>` (which extends `pdf/base.html`) with `context`. Raises PrintFailed."""
    return press_html(render_to_string(template, dict(context)), assets=assets)
