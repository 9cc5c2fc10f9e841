"""Words and numbers for people: agreement in number, thousands, amounts, devices."""

from decimal import Decimal

from django import template

register = template.Library()

NO_BREAK = "\u00a0"
THIN = "\u202f"


@register.filter
def thousands(number: int | Decimal | None) -> str:
    """12345 → « 12 345 », with a narrow no-break space."""
    if number is None:
        return ""
    whole, _, rest = f"{number:,}".partition(".")
    return whole.replace(",", THIN) + (f",{rest}" if rest else "")


@register.filter
def counted(number: int, word: str) -> str:
    """`3|counted:"dossier"` → « 3 dossiers »; an irregular plural is given after a comma."""
    singular, _, plural = word.partition(",")
    if abs(number) < 2:
        return f"{thousands(number)}{NO_BREAK}{singular}"
    return f"{thousands(number)}{NO_BREAK}{plural or _plural(singular)}"


def _plural(words: str) -> str:
    """Each word takes an s: « projet publié » → « projets publiés »."""
    return " ".join(word if word.endswith(("s", "x", "z")) else f"{word}s" for word in words.split(" "))


@register.filter
def euros(amount: int | Decimal | None) -> str:
    return f"{thousands(amount)}{NO_BREAK}€" if amount is not None else ""


# The order counts: Edge says it is Chrome, and Chrome says it is Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def device(user_agent: str) -> str:
    """« Firefox, Windows » instead of the line that browsers send about themselves."""
    known = [
        next((name for mark, name in names if mark in user_agent), None) for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in known if name) or "Appareil inconnu"
