"""Read a rebuilt file in a child process: its text, and small pictures of its first pages.

Run as `python -m eig.documents.extract MEDIA_TYPE`; the file comes on standard input, one JSON object leaves
on standard output: {"text": …, "cut": bool, "pages": [[base64 of a JPEG, width, height], …]}.
"""

import base64
import io
import json
import re
import sys
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from eig.documents.rebuild import limit_child

CPU_SECONDS = 5
MAX_CHARACTERS = 120_000
PICTURES = 3
WIDTH = 620
SIGHT = 2000


def _tidy(text: str) -> str:
    """Line ends of one kind, words cut at the end of a line joined again, no trailing spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\ufffe", "-")
    text = "".join(letter for letter in text if letter in "\n\t" or ord(letter) >= 32)
    text = re.sub(r"(\w)-\n([a-zà-ÿ])", r"\1\2", text)
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _jpeg(image: Image.Image) -> list[Any]:
    image = image.convert("RGB")
    image.thumbnail((WIDTH, SIGHT))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=72, optimize=True)
    return [base64.b64encode(out.getvalue()).decode(), image.width, image.height]


def extract_pdf(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = {"text": "", "cut": False, "pages": []}
    with pdfium.PdfDocument(data) as document:
        texts: list[str] = []
        for rank in range(len(document)):
            page = document[rank]
            texts.append(page.get_textpage().get_text_bounded())
            if rank < PICTURES:
                width, height = page.get_size()
                scale = WIDTH / max(width, height * WIDTH / SIGHT, 1)
                found["pages"].append(_jpeg(page.render(scale=scale, may_draw_forms=False).to_pil()))
        text = _tidy("\n\n".join(texts))
    found["text"], found["cut"] = text[:MAX_CHARACTERS], len(text) > MAX_CHARACTERS
    return found


def main() -> int:
    media_type, data = sys.argv[1], sys.stdin.buffer.read()
    limit_child(CPU_SECONDS)
    if media_type == "application/pdf":
        found = extract_pdf(data)
    else:
        found = {"text": "", "cut": False, "pages": [_jpeg(Image.open(io.BytesIO(data)))]}
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
