"""Texts compared without accents, case nor spacing."""

import unicodedata

_SPECIAL = {
    "œ": "oe",
    "Œ": "oe",
    "æ": "ae",
    "Æ": "ae",
    "’": "'",
    "ʼ": "'",
    "ß": "ss",
    "ø": "o",
    "Ø": "o",
    "ł": "l",
    "Ł": "l",
    "đ": "d",
}


def folded(text: str) -> tuple[str, list[int]]:
    """The text without accents nor case, and for each of its letters the place of the original one."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if letter.isascii():
            letters.append(letter.lower())
            places.append(place)
            continue
        plain = _SPECIAL.get(letter) or "".join(
            part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)
        )
        for part in plain.lower():
            letters.append(part)
            places.append(place)
    return "".join(letters), places


def squeezed(text: str) -> str:
    """A phrase as it is compared: folded, one space between words, no mark around."""
    return " ".join(folded(text)[0].split()).strip(" .,;:!?()[]\"'")
