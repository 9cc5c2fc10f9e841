#!/usr/bin/env bash
# WeasyPrint 70.0: one <a> is one link annotation for itself and one more for each box inside it, one over the other.
# A line of contents written as <a><span>1.</span> <b>title</b> <i>page</i></a> gives four annotations, which somebody
# who tabs through the PDF meets four times. The same words without inner boxes give one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pikepdf==10.17.0
"$folder/venv/bin/python" - <<'PY'
import io
from importlib.metadata import version

import pikepdf
from weasyprint import HTML

PAGE = """<html lang="fr"><head><title>Sommaire</title></head><body><h1 id="t">Sommaire</h1>
<p><a href="#t">{words}</a></p></body></html>"""
EXPECTED = {
    "1. Un titre 3": 1,
    "<span>1.</span> Un titre 3": 2,
    "<span>1.</span> <b>Un titre</b> <i>3</i>": 4,
}
print("weasyprint", version("weasyprint"))
for words, count in EXPECTED.items():
    pdf = HTML(string=PAGE.format(words=words)).write_pdf(pdf_variant="pdf/ua-1")
    with pikepdf.open(io.BytesIO(pdf)) as made:
        annotations = len(made.pages[0].get("/Annots", []))
    print(f"{words}: {annotations} annotation(s)")
    assert annotations == count, "changed"
PY
