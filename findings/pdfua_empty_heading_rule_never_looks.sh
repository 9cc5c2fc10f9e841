#!/usr/bin/env bash
# pdfua 0.1.3: on a tagged PDF of WeasyPrint the rule of empty headings (UA-14-001) raises inside, and the report files it
# under « skipped », beside the rules that do not apply: no finding, whether an <h2> is empty or not. A green report has
# not looked. Read `skipped_reason` of each outcome, and look at headings oneself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pdfua==0.1.3 pikepdf==10.17.0
"$folder/venv/bin/python" - "$folder" <<'PY'
import sys
from importlib.metadata import version

import pdfua
from weasyprint import HTML

PAGE = '<html lang="fr"><head><title>Salle</title></head><body><h1>Salle</h1><h2>{words}</h2><p>Ada</p></body></html>'
print(*(f"{name} {version(name)}" for name in ("pdfua", "pikepdf", "weasyprint")))
for words in ("Jury", ""):
    path = f"{sys.argv[1]}/{words or 'empty'}.pdf"
    HTML(string=PAGE.format(words=words)).write_pdf(path, pdf_variant="pdf/ua-1")
    rule = next(one for one in pdfua.validate(path).outcomes if one.rule_id == "UA-14-001")
    print(f"<h2>{words}</h2>: {len(rule.findings)} finding(s), {rule.skipped_reason!r}")
    assert not rule.findings, "changed"
    assert rule.skipped_reason.startswith("rule raised ValueError"), "changed"
PY
