"""Where a person's names are in a text, whatever their accents, case, spacing and line breaks."""

import re
from collections.abc import Sequence
from functools import lru_cache

from candidates.rules.redaction.folding import folded

# Names that are everyday words: in lower case they are left alone, for hiding « clair » would tell the name.
ORDINARY = frozenset(
    {
        "aime", "aimee", "ami", "amour", "ange", "avril", "baptiste", "barbe", "bel", "berger", "blanc", "blanche", "blond",
        "bois", "bon", "bonnet", "boss", "bouche", "boulanger", "bourgeois", "brave", "brun", "bureau", "cadet", "camille",
        "carre", "caron", "celeste", "chance", "champ", "charpentier", "chef", "chevalier", "ciel", "clair", "claire",
        "clement", "cloud", "coeur", "constance", "constant", "content", "cordier", "couturier", "court", "cousin", "dame",
        "denis", "desire", "desiree", "dimanche", "doux", "droit", "eden", "ete", "etoile", "eve", "faure", "fer",
        "fidele", "fleur", "flore", "foi", "fontaine", "forestier", "fort", "fortune", "franc", "france", "franck", "garde",
        "garnier", "gentil", "gloria", "grace", "grand", "grande", "gras", "guerin", "hardi", "heureux", "hiver", "iris",
        "jade", "jardin", "jasmin", "jeune", "jolie", "joly", "jour", "joy", "juillet", "juste", "justice", "lac", "lamy",
        "large", "laurier", "leblanc", "leger", "legrand", "lenoir", "long", "louis", "lucide", "lune", "luz", "maison",
        "major", "mai", "marchand", "marche", "marin", "marine", "mars", "martin", "melodie", "menuisier", "mer", "merle", "meunier",
        "mille", "modeste", "monde", "moreau", "moulin", "neuf", "noel", "noir", "nuit", "ocean", "oceane", "octave", "oeillet", "olive",
        "or", "page", "parfait", "pascal", "pastel", "patience", "perle", "petit", "petite", "pierre", "place", "plein",
        "poirier", "pomme", "pont", "port", "premier", "printemps", "prosper", "prudence", "prune", "racine", "raison",
        "reine", "renard", "rey", "riche", "richesse", "riviere", "roche", "roi", "rose", "rosier", "roue", "rousse", "roux",
        "roy", "royal", "sage", "saison", "sauvage", "savant", "serein", "serrurier", "simple", "soleil", "solange", "sel",
        "style", "tailleur", "tanguy", "temple", "terre", "tison", "tour", "toussaint", "tulipe", "vallee", "vent", "verite",
        "vert", "victoire", "vie", "vif", "vigne", "ville", "violette", "vital", "voisin", "vrai",
    }
)  # fmt: skip
# Small words of a name: alone, they name nobody.
PARTICLES = frozenset(
    {"de", "du", "des", "la", "le", "les", "da", "di", "dos", "das", "el", "al", "ben", "ibn", "bin", "abu", "van", "von",
     "der", "den", "ter", "ten", "mac", "mc", "saint", "sainte", "st", "ste", "del", "della", "e", "y", "et", "d", "l"}
)  # fmt: skip
SHORTEST = 3
# After these words, even a name written as an everyday word is a name.
_INTRODUCING = re.compile(
    r"(?:m'appelle|me prenomme|me nomme|mon nom est|mon prenom est|moi,? c'est|^moi,|[.\n] ?moi,|prenom ?:|nom ?:"
    r"|signe ?:?|cordialement,?|bien a vous,?|salutations(?: distinguees)?,?|surnom(?:me)? ?:?)\s*$"
)


def names_in(*names: str) -> tuple[str, ...]:
    """What to look for: each full name given, then its parts long enough to mean someone; longest first."""
    found: set[str] = set()
    for name in names:
        words = [word for word in re.split(r"[^\w]+", folded(name)[0].replace("_", " ")) if word]
        if not words:
            continue
        if len(words) > 1:
            found.add(" ".join(words))
        found.update(word for word in words if len(word) >= SHORTEST and word not in PARTICLES)
        if len(words) == 1:
            found.update(words)
        found.update(_with_initials(words))
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _with_initials(words: Sequence[str]) -> set[str]:
    """« a.aubert », « AAubert »: an initial before the last word, when that word is long enough."""
    if len(words) < 2 or len(words[-1]) < SHORTEST or words[-1] in PARTICLES:
        return set()
    return {f"{words[0][0]} {words[-1]}"}


def _spread(word: str) -> str:
    """A word as it may be typed: cut at the end of a line, or with its letters spaced out."""
    letters = [re.escape(letter) for letter in word]
    whole = r"(?:-\s*\n\s*)?".join(letters)
    return rf"(?:{whole}|{'[ .]'.join(letters)})" if len(word) >= 4 else whole


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    """Between words, any mark or none: « Anne Petit », « anne.petit », « annepetit »."""
    words = name.split()
    # An initial may have its full stop; a sentence that ends does not join two names.
    between = r"[\W_]{0,3}" if len(words[0]) == 1 else r"(?:[^\w.!?;\n]|_|\.(?!\s)|\n(?!\n)){0,4}"
    spread = between.join(_spread(word) for word in words)
    return re.compile(rf"(?<![^\W\d_]){spread}(?![^\W\d_])")


def _spared(name: str, passage: str, before: str) -> bool:
    """An everyday word in lower case that nothing presents as a name."""
    meaning = [word for word in name.split() if word not in PARTICLES]
    everyday = len(meaning) == 1 and meaning[0] in ORDINARY
    return everyday and passage.islower() and not _INTRODUCING.search(before)


def spans(text: str, names: Sequence[str], *, spare_ordinary: bool) -> list[tuple[int, int]]:
    """Where the names are, as (start, end) places in the text."""
    found: list[tuple[int, int]] = []
    if not names:
        return found
    plain, places = folded(text)
    for name in names:
        if name[0] not in plain:
            continue
        for match in _pattern(name).finditer(plain):
            start, end = places[match.start()], places[match.end() - 1] + 1
            if spare_ordinary and _spared(
                name, text[start:end], plain[max(match.start() - 30, 0) : match.start()]
            ):
                continue
            # An accent typed apart belongs to its letter.
            while end < len(text) and not folded(text[end])[0]:
                end += 1
            found.append((start, end))
    return found
