"""Letters compared without accents nor case, as `order` does in SQL; « de » elided."""

import re
import unicodedata

# What has no decomposition in Unicode, as PostgreSQL's unaccent writes it.
_WHOLE = str.maketrans(
    {
        "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ħ": "h", "Ħ": "H", "ı": "i", "þ": "th", "Þ": "TH", "ŧ":
        "t", "Ŧ": "T",
    }
)  # fmt: skip


def visible(text: str) -> str:
    """Without the characters that nobody sees (category Cf), which copies from pages bring along."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def bare(text: str) -> str:
    """Letters without their accents, ligatures opened: « Œil préféré » gives « OEil prefere »."""
    apart = unicodedata.normalize("NFKD", text.translate(_WHOLE))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def folded(text: str) -> str:
    """How a search term is compared with a column folded by `order.french`."""
    return bare(text).lower().strip()


def plain(text: str) -> str:
    """Words alone, one space between them: « Bercy-Numérique » and « bercy numérique » are the same."""
    return " ".join(re.findall(r"[^\W_]+", folded(text)))


def slug(text: str) -> str:
    """« L’Œil du préfet » gives « l-oeil-du-prefet »: letters and digits of ASCII, hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", folded(text)))


def of(name: object) -> str:
    """« de » before a name or a verb, elided before a vowel or an h (ours are never aspirated): « d’EIG 6 ».

    A y is a vowel before a consonant only: « d’Yves », « de Yanis ».
    """
    return f"d’{name}" if re.match(r"[aeiouh]|y(?![aeiou])", folded(str(name))) else f"de {name}"
