"""Static files: what templates use is there, nothing leaves the house, the first visit is light."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
OWN = sorted((settings.BASE_DIR / "static" / "design").iterdir())
FIRST_VISIT = [
    "dsfr/dist/dsfr.main.min.css",
    "dsfr/dist/dsfr.print.min.css",
    "dsfr/dist/dsfr.module.min.js",
    "dsfr/dist/favicon/favicon.svg",
    "django_htmx/htmx-2.min.js",
    "design/icons.css",
    "design/eig.css",
    "design/eig.js",
    "design/scheme.js",
]
ICON_RULE = re.compile(r"\.(fr-icon-[a-z0-9-]+)::before")


def found(name):
    path = finders.find(name)
    assert isinstance(path, str), name
    return Path(path)


def drawn_icons():
    return set(ICON_RULE.findall(found("design/icons.css").read_text()))


def used_icons():
    used = {}
    for template in TEMPLATES:
        text = template.read_text()
        names = re.findall(r"fr-icon-([a-z0-9]+(?:-[a-z0-9]+)*)(?![-\w])", text)
        names += re.findall(r'icon="([a-z0-9-]+)"', text)
        used.update({f"fr-icon-{name}": template.name for name in names})
    return used


def test_every_icon_used_by_a_template_is_drawn():
    drawn = drawn_icons()
    assert {name: where for name, where in used_icons().items() if name not in drawn} == {}


def test_every_file_named_by_a_style_sheet_exists():
    for sheet in (path for path in OWN if path.suffix == ".css" and path.name != "pdf.css"):
        for name in re.findall(r"url\(([^)]+)\)", sheet.read_text()):
            assert (found(f"design/{sheet.name}").parent / name).exists() or found(
                str(Path(name.replace("../", "")))
            ), name


def test_every_static_file_named_by_a_template_exists():
    for template in TEMPLATES:
        for name in re.findall(r"{% static [\"']([^\"']+)[\"']", template.read_text()):
            assert found(name).exists()


def test_every_pictogram_named_by_a_template_exists():
    for template in TEMPLATES:
        for name in re.findall(r'(?:pictogram|picture name)="([^"]+)"', template.read_text()):
            assert found(f"dsfr/dist/artwork/pictograms/{name}.svg").exists()


def test_a_first_visit_is_light():
    weight = sum(len(gzip.compress(found(name).read_bytes())) for name in FIRST_VISIT)
    assert weight <= 200_000, weight


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_own_files_call_nobody(path):
    assert not re.search(r"https?://(?!www\.w3\.org)", path.read_text())


def test_templates_bring_no_inline_code():
    for template in TEMPLATES:
        if template.parent.name == "emails":
            continue
        text = template.read_text()
        assert not re.search(r"\son[a-z]+=[\"']", text), template
        assert not re.search(r"\sstyle=", text), template
        assert "|safe" not in text, template
        for tag in re.findall(r"<script[^>]*>", text):
            assert "src=" in tag or 'type="application/json"' in tag, template
