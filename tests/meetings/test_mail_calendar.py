"""A letter may carry a calendar file, which mail clients offer to add."""

from datetime import UTC, datetime, timedelta

import pytest

from eig.accounts.models import Invitation
from eig.icalendar import Event, Method, calendar_file
from eig.mail.models import Message
from eig.mail.outbox import post
from eig.mail.relay import as_mime

AT = datetime(2022, 3, 17, 12, 45, tzinfo=UTC)


@pytest.mark.django_db
def test_the_calendar_file_travels_with_the_words() -> None:
    event = Event(uid="a@b", starts=AT, ends=AT + timedelta(hours=1), title="Été à l’Œuvre")
    content = calendar_file([event], at=AT, method=Method.CANCEL)
    context = {
        "words": "lire",
        "path": "/",
        "inviter": "Diane",
        "invitation": Invitation(email="a@b.example", expires_at=AT),
    }
    post("journey/invited", to="a@b.example", key="k", at=AT, calendar=content, **context)
    mime = as_mime(Message.objects.get(key="k"))
    part = next(part for part in mime.walk() if part.get_content_type() == "text/calendar")
    assert part.get_payload(decode=True) == content
    assert part.get_param("method") == "CANCEL"
    assert mime.get_body(("plain",)) is not None
