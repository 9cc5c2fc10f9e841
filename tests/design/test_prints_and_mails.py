"""Paper and mail wear the same clothes: tagged prints, and account mails that read as plain French."""

import io
import re
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import timezone

from eig.documents.pdf import press_html
from eig.french import dates, spaces
from eig.french.spaces import spaced
from tests.design.pages import parse, text_of
from tests.french import faults

MAILS = sorted(
    str(path.relative_to(settings.BASE_DIR / "templates")).removesuffix("_subject.txt")
    for folder in ("account", "mfa")
    for path in (settings.BASE_DIR / "templates" / folder / "email").glob("*_subject.txt")
)
VALUES = {
    "code": "A2B-C3D",
    "email": "d’anaïs@exemple.example",
    "from_email": "avant@exemple.example",
    "to_email": "apres@exemple.example",
    "deleted_email": "retiree@exemple.example",
    "password_reset_url": "https://eig.example/a?b=1&c=2",
    "signup_url": "https://eig.example/a?b=1&c=2",
    "ip": "192.0.2.1",
    "user_agent": 'Firefox "128"',
    "timestamp": timezone.now(),
}


@pytest.mark.parametrize("name", MAILS)
def test_account_mails_read_as_plain_french(name, monkeypatch):
    monkeypatch.setattr(spaces, "NO_BREAK", dates.NO_BREAK)
    subject = render_to_string(f"{name}_subject.txt", VALUES).strip()
    body = render_to_string(f"{name}_message.txt", VALUES)
    assert 0 < len(subject) <= 78
    assert body.startswith("Bonjour,\n\n")
    assert body.rstrip().endswith("L’équipe des Entrepreneurs d’intérêt général")
    assert "&amp;" not in body
    assert "&#" not in body
    assert len([line for line in body.splitlines() if line.strip()]) >= 3
    # What a browser says of itself is no French.
    said = body.replace(str(VALUES["user_agent"]), "Firefox")
    assert [fault for line in (subject, *said.splitlines()) for fault in faults(spaced(line))] == []


def test_the_codes_are_in_the_mails_that_promise_them():
    for name in ("login_code", "email_confirmation", "email_confirmation_signup", "password_reset_code"):
        assert "\nA2B-C3D\n" in render_to_string(f"account/email/{name}_message.txt", VALUES)


def test_the_envelope_escapes_the_message_and_makes_its_links():
    message = SimpleNamespace(
        subject="Sujet <b>", body="Bonjour,\n\n<script>x</script> https://eig.example/a"
    )
    markup = render_to_string("emails/envelope.html", {"message": message, "site": "https://eig.example"})
    page = parse(markup)
    assert page.get("lang") == "fr"
    assert "<script" not in markup
    assert text_of(page.find(".//h1")) == "Sujet <b>"
    assert "https://eig.example/a" in page.xpath("//a/@href")
    assert page.xpath("//table/@role") == ["presentation", "presentation"]


def test_a_print_is_tagged_titled_and_in_french():
    page = Template(
        '{% extends "pdf/base.html" %}{% block title %}Accusé de réception{% endblock %}'
        "{% block content %}<h1>Accusé</h1>"
        '{% definitions %}{% definition term="Numéro" %}12{% enddefinition %}{% enddefinitions %}'
        '{% table caption="Notes" %}<thead><tr><th scope="col">A</th></tr></thead>'
        "<tbody><tr><td>{{ text }}</td></tr></tbody>{% endtable %}{% endblock %}"
    ).render(Context({"text": '<img src="file:///etc/passwd">'}))
    with pikepdf.open(io.BytesIO(press_html(page))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "fr"
        assert str(pdf.docinfo.Title) == "Accusé de réception"
        fonts = {str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()}
    assert all("Marianne" in font for font in fonts), fonts


RULES = re.compile(r"(?:^|[}/])\s*([^{}/]+?)\s*\{([^{}]*)\}", re.MULTILINE)


def test_no_print_weighs_its_words_letter_by_letter():
    """Where words may break anywhere, the least width of a flex item costs seconds: it has one of its own."""
    static = Path(settings.BASE_DIR) / "static"
    sheets = [static / "design/pdf.css", *(static / f"projects/{name}.css" for name in ("brochure", "call"))]
    rules = [rule for sheet in sheets for rule in RULES.findall(sheet.read_text())]
    flex = {names for names, worn in rules if "display: flex" in worn}
    light = [names for names, worn in rules if "min-height: 0; min-width: 0" in worn]
    within = {
        name.strip().rpartition(" ")[0].removesuffix(" >") for names in light for name in names.split(",")
    }
    assert len(flex) >= 4
    assert flex - within == set()
