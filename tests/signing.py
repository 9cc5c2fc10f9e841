"""A reader signs on screen: the grid is saved, read again on its own page, then signed."""

import re
from typing import Any

from django.urls import reverse


def sign_on_screen(client: Any, app: str, sheet: Any, typed: dict[str, str], then: str = "stay") -> Any:
    """Type, ask to sign, sign what is shown. Returns the last answer."""
    asked = client.post(reverse(f"{app}:review_edit", args=[sheet]), {**typed, "then": "sign"}, follow=True)
    read = re.search(r'name="read" value="(\w+)"', asked.content.decode())
    assert read, asked.content.decode()
    address = reverse(f"{app}:review_sign", args=[sheet])
    return client.post(address, {"read": read[1], "then": then}, follow=True)
