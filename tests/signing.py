"""On screen: a reader signs the grid that they read again, a second person ticks what they reread."""

import re
from collections.abc import Mapping
from typing import Any

from django.urls import reverse


def sign_on_screen(client: Any, app: str, sheet: Any, typed: dict[str, str], then: str = "stay") -> Any:
    """Type, ask to sign, sign what is shown. Returns the last answer."""
    asked = client.post(reverse(f"{app}:review_edit", args=[sheet]), {**typed, "then": "sign"}, follow=True)
    read = re.search(r'name="read" value="(\w+)"', asked.content.decode())
    assert read, asked.content.decode()
    address = reverse(f"{app}:review_sign", args=[sheet])
    return client.post(address, {"read": read[1], "then": then}, follow=True)


def agree_on_screen(client: Any, address: str) -> Any:
    """Open the page that validates a wave, tick every decision that it asks to reread, agree."""
    page = client.get(address).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen, page
    asked = re.findall(r'name="read" value="(\d+)"', page)
    return client.post(address, {"seen": seen[1], "read": asked}, follow=True)


def done_by_two(first: Any, second: Any, address: str, typed: Mapping[str, str] | None = None) -> str:
    """One asks for a grave deed, another one confirms it; the page that says what was done."""
    asked = first.post(address, {"reason": "Il le faut.", **(typed or {})})
    assert asked.status_code == 302, asked.content.decode()
    done: str = second.post(f"{asked.url}confirmer/", follow=True).content.decode()
    return done
