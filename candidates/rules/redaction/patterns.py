"""Addresses, links, numbers, ages and family: what tells who wrote without being a name.

A group named `kept` at the beginning of a pattern is left in the text. A search begins at the first letter of a
word and gives nothing back (`++`): a text without a blank, however long, is read once.
"""

import re

from candidates.rules.redaction.kinds import Kind

_SPACE = r"[ .\-\u00a0\u202f]?"
MAIL = re.compile(
    r"(?<![\w.+\-])[\w.+\-]++\s?(?:@|\(at\)|\[at\]|\(arobase\)|\[arobase\])\s?[\w\-]+(?:(?:\.|\s?(?:\(dot\)|\[dot\]|\(point\)|\[point\])\s?)[\w\-]+)+",
    re.IGNORECASE,
)
_ENDINGS = "fr|com|org|net|io|dev|eu|app|me|info|co|tech|design|gouv|example|be|ch|xyz|page|site|blog|art|studio|ai|cloud|online|digital|bzh|paris|re|ly"
LINK = re.compile(
    rf"(?:https?://|ftp://|www\.)\S+|(?<![\w@\-])(?<![\w\-]\.)(?:[\w\-]++\.)+(?:{_ENDINGS})\b(?!\s?\()(?:/\S*)?",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w@])@[\w\-]{2,}(?:\.[\w\-]+)*")
PROFILE = re.compile(
    r"(?im)(?P<kept>\b(?:linked ?in|git ?hub|git ?lab|twitter|mastodon|behance|dribbble|instagram|malt|skype|bluesky|stack ?overflow)\s?(?:[:/]\s?)+)[^\s,;]+"
)
PHONE = re.compile(
    rf"(?<!\w)(?:\+\d{{1,3}}|00\d{{1,3}}|0){_SPACE}\(?\d\)?(?:{_SPACE}\d{{2}}){{4}}(?!\d)"
    r"|(?<!\w)\+\d{1,3}(?:[ .\-]?\d{2,4}){2,5}(?!\d)"
)
_WAY = "rue|avenue|av\\.|boulevard|bd|place|impasse|allée|chemin|quai|route|cours|square|passage|villa|résidence|faubourg|lotissement"
STREET = re.compile(
    rf"(?i)\b\d{{1,4}}(?:\s?(?:bis|ter|quater|[a-d]))?,?\s+(?:{_WAY})\s+[^\n,;.]{{2,60}}?"
    r"(?=[,;.\n]|\s+\d{5}\b|$)(?:[,\s]+\d{5}\s+[^\n,;.]{2,40})?"
)
TOWN = re.compile(
    r"(?m)(?:(?<=^)|(?<=\s))\d{5}\s+[A-ZÀ-Þ][\w’'\-]+(?:[ \-](?:[A-ZÀ-Þ]|sur|sous|lès|en|de|la|le|les|d’|d')[\w’'\-]*)*"
)
# A line of a civil status: its label stays, what follows goes.
STATUS = re.compile(
    r"(?im)(?P<kept>^[ \t]*(?:nationalité|date (?:et lieu )?de naissance|lieu de naissance|naissance|âge|age|sexe|genre|civilité"
    r"|situation (?:de famille|familiale|maritale)|état civil|adresse(?: postale)?|domicile|nom de jeune fille|nom d’usage|nom d'usage)"
    r"[ \t]*[:–\-][ \t]*)\S[^\n]*"
)
BIRTH = re.compile(
    r"(?i)\bn(?:é|ée|é·e|é\(e\))\s+(?:le|en)\s+(?:\d{1,2}(?:er)?[ /.\-])?(?:\w+[ /.\-])?(?:19|20)\d{2}(?:\s+(?:à|en|au)\s+[A-ZÀ-Þ][\w’'\-]+)?"
    r"|(?-i:\b[Nn](?:é|ée|é·e|é\(e\))\s+(?:à|en|au|aux)\s+[A-ZÀ-Þ][\w’'\-]+(?:,?\s+(?:le|en)\s+(?:\d{1,2}(?:er)?[ /.\-])?(?:\w+[ /.\-])?(?:19|20)\d{2})?)"
)
BIRTH_NAME = re.compile(
    r"(?P<kept>\b[Nn]ée?\s+)(?!(?:En|Le|À|Au|Dans|Sous|Pour|De|Du)\b)[A-ZÀ-Þ][\w’'\-]+(?:[ \-][A-ZÀ-Þ][\w’'\-]+)*"
)
AGE = re.compile(
    r"(?im)(?P<kept>\b(?:j[’']ai|âgée?\s+de|âgé·e\s+de|du haut de mes|à mes|mes)\s+)\d{2}\s+ans\b(?!\s+(?:d[’']|de\b))"
    r"|^[ \t]*\d{2}\s+ans[ \t]*(?=$|[,–\-|])"
)
_CLUBS = (
    r"Femmes@Num[ée]rique|Femmes ing[ée]nieure?s|Elles (?:codent|bougent)|Women (?:in|who) \w+|Girls (?:in|who|can) \w+"
    r"|Duchess France|Ladies of Code(?: Paris)?|PyLadies(?: \w+)?|Rails Girls|Django Girls|WiMLDS|Women Techmakers|50inTech|Becomtech"
    r"|Les Intrépides de la Tech|R-Ladies(?: \w+)?|Social Builder|Wi-?Filles|Scouts et Guides de France|Guides de France|Lesbiennes? \w+"
)
CLUB = re.compile(rf"(?i)\b(?:{_CLUBS})\b")
_KIN = "mère|père|maman|papa|femme|homme|fille|garçon|dame|monsieur|madame|épouse|époux|grand-mère|grand-père|sœur|frère|nana|mec|gars"
FAMILY = re.compile(
    r"(?i)\b(?:mon (?:mari|époux|compagnon|ex-mari|conjoint)|ma (?:femme|compagne|conjointe|ex-femme|grossesse)|mon épouse)\b"
    r"|\bcongés?\s+(?:de\s+)?(?:maternité|paternité|pathologique)\b|\b(?:enceinte|service militaire|sage-femme|homme au foyer|femme au foyer)\b"
    rf"|(?:(?<=en tant que )|(?<=en tant qu’)|(?<=en tant qu'))(?:une? )?(?:{_KIN})\b(?:\s+de\s+(?:famille|\w+\s+enfants?))?"
    rf"|(?:(?<=suis )|(?<=étant )|(?<=étais )|(?<=comme ))(?:une?|la|le) (?:(?:jeune|seule?|première?|premier) )?(?:{_KIN})\b"
    r"(?:\s+de\s+(?:famille|\w+\s+enfants?))?"
    r"|(?<=, )une? (?:femme|homme)\b"
    r"|\b(?:jeune\s+)?(?:mère|père|maman|papa)\s+(?:de\s+(?:famille|\w+\s+(?:enfants?|filles?|garçons?))|célibataire|solo)\b"
)
CIVILITY = re.compile(
    r"\b(?:Monsieur|Madame|Mademoiselle|Mme|Mlle|Mr)\b\.?|\bM\.(?=\s+(?:[A-ZÀ-Þ]|\[|d[’']|de\s))"
)

PATTERNS = (
    (Kind.ADDRESS, MAIL),
    (Kind.LINK, LINK),
    (Kind.LINK, PROFILE),
    (Kind.LINK, HANDLE),
    (Kind.PHONE, PHONE),
    (Kind.MENTION, STATUS),
    (Kind.ADDRESS, STREET),
    (Kind.ADDRESS, TOWN),
    (Kind.MENTION, BIRTH),
    (Kind.NAME, BIRTH_NAME),
    (Kind.MENTION, AGE),
    (Kind.MENTION, CLUB),
    (Kind.MENTION, FAMILY),
    (Kind.MENTION, CIVILITY),
)
# What is never shown again.
ALWAYS = (MAIL, LINK, HANDLE, PHONE, STREET)
