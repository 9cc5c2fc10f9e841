"""What agrees with a gender, written for both: « développeuse » and « développeur » read « développeur·se ».

In the singular only (a plural tells nothing of the author), for what people do wherever it stands, and for
qualities where one speaks of oneself: after « je suis », at the beginning of a sentence or of a line.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from candidates.rules.redaction.agents import EPICENES, FAMILIES, PAIRS, QUALITIES

_WORD = re.compile(r"[^\W\d_][^\W\d_·’'\-]*(?:[\-·][^\W\d_]+)*")
_DETERMINERS = MappingProxyType(
    {
        "un": "un·e", "une": "un·e", "le": "le·la", "la": "le·la", "mon": "mon·ma", "ma": "mon·ma", "son": "son·sa", "sa": "son·sa",
        "ce": "ce·tte", "cet": "ce·tte", "cette": "ce·tte",
    }
)  # fmt: skip
_BETWEEN = MappingProxyType(
    {
        "ancien": "ancien·ne", "ancienne": "ancien·ne", "futur": "futur·e", "future": "futur·e", "nouveau": "nouveau·elle",
        "nouvelle": "nouveau·elle", "nouvel": "nouveau·elle", "premier": "premier·ère", "première": "premier·ère", "seul": "seul·e",
        "seule": "seul·e", "bon": "bon·ne", "bonne": "bon·ne", "vrai": "vrai·e", "vraie": "vrai·e", "grand": "grand·e", "grande": "grand·e",
        "petit": "petit·e", "petite": "petit·e", "jeune": "jeune", "simple": "simple", "excellent": "excellent·e", "excellente": "excellent·e",
    }
)  # fmt: skip
# Feminine ending, masculine ending, what is written for both; the first that fits is taken.
_ENDINGS = (
    ("trice", "teur", "teur·rice"), ("ienne", "ien", "ien·ne"), ("euse", "eux", "eux·se"), ("ive", "if", "if·ve"),
    ("elle", "el", "el·le"), ("ière", "ier", "ier·ère"), ("ante", "ant", "ant·e"), ("ente", "ent", "ent·e"), ("aine", "ain", "ain·e"),
    ("erte", "ert", "ert·e"), ("ête", "êt", "êt·e"), ("eule", "eul", "eul·e"), ("ise", "is", "is·e"), ("ite", "it", "it·e"),
    ("ale", "al", "al·e"), ("ate", "at", "at·e"), ("ûre", "ûr", "ûr·e"), ("iète", "iet", "iet·ète"), ("ète", "et", "et·ète"), ("euve", "euf", "euf·ve"),
    ("ée", "é", "é·e"), ("ue", "u", "u·e"), ("ie", "i", "i·e"),
)  # fmt: skip
# Words with these endings that agree with nobody.
_STILL = frozenset(
    (
        "elle quel quelle tel telle bien rien combien lien puis depuis mais jamais fois trois paris pendant avant "
        "durant maintenant autant pourtant cependant tant instant souvent comment parent demain soudain ici aussi "
        "ainsi parmi lui qui si oui peu tu du au eu plus vu voulu pu dû su lu fait dit tout y en et à été santé "
        "côté qualité capacité réalité mi midi vie partie envie petit suite visite site grâce cet objet projet "
        "sujet net internet mal final local total quant dont est"
    ).split()
)
_ADVERBS = frozenset(
    (
        "très bien plus aussi toujours déjà donc ainsi assez si trop peu pas jamais encore moins surtout également "
        "enfin maintenant aujourd alors même souvent tout toute vite d’abord ensuite notamment hui ne plutôt "
        "presque tant fort guère désormais depuis longtemps vraiment certes bientôt là hier"
    ).split()
)
_ONESELF = re.compile(
    r"(?i)(?:\bje (?:ne )?(?:me )?(?:suis|serai|serais|fus|reste|resterai|deviens|demeure|sens|sentais|sentirai|parais|semble)"
    r"|\bj[’']étais|\bj[’']ai (?:\w+ )?été|\bj[’']avais été|\bj[’']aurais été|\bme (?:suis|serais|rend|rends|rendre|tient|laisse|trouve|voir|sentir)"
    r"|\bm[’']être|\bet (?:suis|ai été)|\bn[’']étais|\bai (?:\w+ )?été|(?:^|(?<=[.!?\n] ))suis"
    r"|\ben étant|\b[ée]tant|\bd[’']être|\bpour être|\bmoi)\b"
)
# « On m’a recrutée », but « on m’a donné le goût »: what is done to me agrees, what is given does not.
_DONE_TO_ME = re.compile(r"(?i)\bm[’'](?:a|ont|avait|avaient|avez|aviez)\b")
_GIVEN = frozenset(
    "appris donné permis offert dit demandé montré fait plu proposé confié expliqué laissé valu ouvert servi apporté coûté "
    "enseigné semblé prouvé fourni transmis accordé attribué fallu suffi manqué succédé répondu écrit parlé imposé remis "
    "répété raconté rappelé prêté promis inculqué légué évité ôté retiré assuré interdit réservé attendu vendu".split()
)
_TURN = re.compile(r"(?:^|(?<=\n)|(?<=[.!?:;•–\-*|(] ))[ \t]*(?=[^\W\d_])", re.MULTILINE)
_AFTER_COMMA = re.compile(r"(?:(?<=, )|(?<= et )|(?<= puis )|(?<= ou ))(?=[^\W\d_])")
_FOLLOWED = re.compile(
    r"\s{1,9}(?:par|de|d[’']|du|des|en|à|au|aux|pour|depuis|dans|sur|chez|avec|comme|que|qu[’'])|\s{0,9}[,.;]|\s{1,9}(?:et\s{1,9})?\S{0,60}·"
)
_ALONE = re.compile(
    r"\b(?<!une )(?<!un )(?<!la )(?<!le )(?<!plus )(seule?)(?=\s*[,.;:)!?]|\s+(?:à|avec|sur|pour|en|dans|face|pendant|puis|ou|chez|depuis|devant)\b|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_BEFORE = re.compile(
    rf"\b({'|'.join(_DETERMINERS)})((?: (?:{'|'.join(_BETWEEN)}))*)(?= (?:[^\W\d_\-]+(?:-[^\W\d_]+)*·\w|(?:{EPICENES})\b))",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    rf"\b({'|'.join(_BETWEEN)})(?= (?:[^\W\d_\-]+(?:-[^\W\d_]+)*·\w|(?:{EPICENES})\b))", re.IGNORECASE
)
_FIRST = re.compile(
    r"(?i)(?:(?<=été )|(?<=suis )|(?<=étais )|(?<=fus ))(?:le|la) (premier|première|dernier|dernière|seul|seule)\b"
)
_FIRSTS = MappingProxyType(
    {
        "premier": "premier·ère",
        "première": "premier·ère",
        "dernier": "dernier·ère",
        "dernière": "dernier·ère",
        "seul": "seul·e",
        "seule": "seul·e",
    }
)
_QUALIFIED = re.compile(
    rf"(?i)(?:·[^\W\d_]+|(?:un·e|le·la|mon·ma) (?:{EPICENES}))(?:,? |, et |  et )(?=[^\W\d_])"
)
# « chargée de mission » is a trade; « le service chargé des paies » is not.
_CHARGED = re.compile(
    r"\b(chargé|attaché)e?\b(?=\s+(?:de\s+(?:mission|projet|recherche|communication|production|clientèle|presse|produit|cours|TD)"
    r"|d[’'](?:études?|affaires|enseignement|opérations)))",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _agents() -> Mapping[str, str]:
    """Each spelling of an agent noun, in lower case, with the spelling for both."""
    found: dict[str, str] = {}
    for masculine, feminine, both, stems in FAMILIES:
        for stem in stems.split():
            found.setdefault(stem + masculine, stem + both)
            found.setdefault(stem + feminine, stem + both)
    for masculine, feminine, both in PAIRS:
        if masculine != feminine:
            found[masculine] = found[feminine] = both
    return MappingProxyType(found)


def _cased(like: str, word: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


@lru_cache(maxsize=4096)
def agreeing(word: str) -> str:
    """A quality in both genders, or nothing when the word agrees with nobody."""
    plain = word.lower()
    if plain in _STILL or "·" in word or len(plain) < 2:
        return ""
    if both := _agents().get(plain):
        return _cased(word, both)
    for feminine, masculine, both in _ENDINGS:
        for ending in (feminine, masculine):
            if plain.endswith(ending) and len(plain) > len(ending):
                return _cased(word, plain[: -len(ending)] + both)
    return ""


@lru_cache(maxsize=1)
def _qualities() -> frozenset[str]:
    """The spellings for both that a sentence may begin with."""
    return frozenset(both for word in QUALITIES if (both := agreeing(word)))


class _Neutral:
    def __init__(self, text: str) -> None:
        self.text, self.count = text, 0

    def _put(self, places: list[tuple[int, int, str]]) -> None:
        for start, end, word in sorted(places, reverse=True):
            self.text = self.text[:start] + word + self.text[end:]
        self.count += len(places)

    def agents(self) -> None:
        agents = _agents()
        self._put(
            [
                (match.start(), match.end(), _cased(match[0], agents[match[0].lower()]))
                for match in _WORD.finditer(self.text)
                if match[0].lower() in agents and not self._names_a_document(match.end())
            ]
        )

    def _names_a_document(self, end: int) -> bool:
        return self.text[end : end + 2] == "·"

    def oneself(self) -> None:
        """The qualities that follow « je suis », and those joined to them."""
        places: dict[int, tuple[int, int, str]] = {}
        for trigger, spared in ((_ONESELF, frozenset[str]()), (_DONE_TO_ME, _GIVEN)):
            for match in trigger.finditer(self.text):
                for start, end, word in self._chain(match.end()):
                    if self.text[start:end].lower() in spared:
                        break
                    places[start] = (start, end, word)
        self._put(list(places.values()))

    def _chain(self, place: int) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        joined = True
        while match := _WORD.search(self.text, place):
            gap = self.text[place : match.start()]
            if gap.strip(" \u00a0\n") not in ("", ",", "’", "'") or (gap.strip() == "," and not found):
                break
            word = match[0]
            plain, place = word.lower(), match.end()
            if "," in gap:
                joined = False
            if plain in {"et", "ou", "mais", "puis"} and found:
                joined = True
                continue
            if plain in _ADVERBS or (plain.endswith("ment") and len(plain) > 5):
                continue
            both = agreeing(word)
            if (
                not both
                or not (joined or both.lower() in _qualities())
                or (found and not joined and "," not in gap)
            ):
                if "·" in word and (joined or "," in gap):
                    joined = False
                    found.append((match.start(), match.end(), word))
                    continue
                break
            found.append((match.start(), match.end(), both))
            joined = False
        return [item for item in found if self.text[item[0] : item[1]] != item[2]]

    def turns(self) -> None:
        """Qualities that begin a sentence or a line, or follow a comma, when said of somebody."""
        places = {}
        for turn, strict in ((_TURN, False), (_AFTER_COMMA, True)):
            for match in turn.finditer(self.text):
                word = _WORD.match(self.text, match.end())
                if word is None or "·" in word[0]:
                    continue
                both = agreeing(word[0])
                if both.lower() not in _qualities():
                    continue
                if _FOLLOWED.match(self.text, word.end()) or not (strict or self.text[word.end() :].strip()):
                    places[word.start()] = (word.start(), word.end(), both)
        self._put(list(places.values()))

    def qualified(self) -> None:
        """The quality that follows what someone is: « un·e développeur·se indépendant·e »."""
        places = []
        for match in _QUALIFIED.finditer(self.text):
            word = _WORD.match(self.text, match.end())
            if word and "·" not in word[0] and (both := agreeing(word[0])).lower() in _qualities():
                places.append((word.start(), word.end(), both))
        self._put(places)

    def others(self) -> None:
        self.text, count = _ALONE.subn(lambda match: _cased(match[1], "seul·e"), self.text)
        self.count += count
        self.text, count = _FIRST.subn(lambda match: f"le·la {_FIRSTS[match[1].lower()]}", self.text)
        self.count += count
        self.text, count = _CHARGED.subn(lambda match: _cased(match[0], f"{match[1].lower()}·e"), self.text)
        self.count += count

        def before(match: re.Match[str]) -> str:
            between = "".join(f" {_BETWEEN[word.lower()]}" for word in match[2].split())
            return _cased(match[1], _DETERMINERS[match[1].lower()]) + between

        self.text, count = _BEFORE.subn(before, self.text)
        self.count += count
        self.text, count = _ADJECTIVE.subn(
            lambda match: _cased(match[1], _BETWEEN[match[1].lower()]), self.text
        )
        self.count += count


def neutral(text: str) -> tuple[str, int]:
    """`text` where nothing agrees with its author's gender, and how many words were changed."""
    passes = _Neutral(text)
    passes.agents()
    passes.oneself()
    passes.turns()
    passes.others()
    passes.qualified()
    passes.turns()
    return passes.text, passes.count
