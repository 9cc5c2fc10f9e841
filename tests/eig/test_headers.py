"""What people type stays words in what is mailed: no header, no second addressee, nothing run."""

import random
from email import message_from_bytes
from email.policy import SMTP, default
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from eig.mail.models import Message
from eig.mail.outbox import letter, render_letter
from eig.mail.relay import as_mime

TEMPLATE = "projects/project_declined"
ENDS = (
    "\r\n",
    "\n",
    "\r",
    "\u2028",
    "\u2029",
    "\x85",
    "\x0b",
    "\x0c",
    "%0d%0a",
    "\\r\\n",
    "=?utf-8?q?=0D=0A?=",
    "\0",
)
FORGED = (
    "Bcc: victime@exemple.example", "To: victime@exemple.example", "Content-Type: text/html",
    "Reply-To: x@exemple.example", "X-Forged: 1", "\r\n<script>alert(1)</script>",
    ".\r\nMAIL FROM:<x@y.example>", "=?utf-8?b?QmNjOiB4QHkuZXhhbXBsZQ==?=", "--frontier", "Subject: autre",
)  # fmt: skip
USUAL = {
    "subject", "from", "to", "reply-to", "message-id", "date", "auto-submitted",
    "mime-version", "content-type",
}  # fmt: skip


def typed(title: str, reason: str) -> Message:
    """The letter of a project whose title and refusal say this."""
    promotion = SimpleNamespace(name="EIG 6", code="eig-6", programme=SimpleNamespace(name="EIG"))
    project = SimpleNamespace(title=title, number="EIG-6-P-0001", promotion=promotion, code=uuid4())
    context = {
        "project": project,
        "reason": reason,
        "decision": SimpleNamespace(reason=reason, project=project),
    }
    subject, body = render_letter(letter(TEMPLATE, "badis@exemple.example", "k", **context))
    now = timezone.now()
    return Message(
        key="k",
        kind=TEMPLATE,
        to_email="badis@exemple.example",
        subject=subject,
        body=body,
        created_at=now,
        not_before=now,
    )


def test_nothing_typed_becomes_a_header() -> None:
    """500 letters, read again as whoever receives them reads them."""
    dice, found = random.Random(20261201), []
    for _ in range(500):
        title = f"Carte{dice.choice(ENDS)}{dice.choice(FORGED)}{dice.choice(ENDS)}des forêts"
        reason = f"Parce que{dice.choice(ENDS) * 2}{dice.choice(FORGED)}"
        sent = as_mime(typed(title, reason)).as_bytes(policy=SMTP)
        read = message_from_bytes(sent, policy=default)
        headers = [name.lower() for name in read.keys()]  # noqa: SIM118 - a header may come twice
        if set(headers) != USUAL or len(headers) != len(USUAL) or len(read["To"].addresses) != 1:
            found.append((title, headers))
    assert found == []


@pytest.mark.parametrize(
    "words", ["{{ 7*7 }}", "{% debug %}", "{{ project.title }}", "{0.__class__}", "%(to)s"]
)
def test_nothing_typed_is_run_as_a_template(words: str) -> None:
    letter = typed(words, f"Voici : {words}")
    assert words in letter.subject
    assert f"«\xa0{words}\xa0»" in letter.body
    html = as_mime(letter).get_body(preferencelist=("html",)).get_content()
    assert words.replace("'", "&#x27;") in html
