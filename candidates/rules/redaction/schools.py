"""Schools, universities and trainings, by their kind (« École de… ») or by their name alone."""

import re

_LINKS = r"(?:(?:des|du|de|la|les|le|en)\b|d[’']|l[’'])"
_SMALL = r"(?:(?:des|du|de|la|les|le|et|en|pour|aux|à)\b|d[’']|l[’'])"
_PROPER = r"[A-ZÀ-ÖØ-Þ0-9][\w’'\-]*"
_KIND = (
    r"(?:[ÉEée]cole|ÉCOLE|ECOLE|[Uu]niversité|UNIVERSIT[ÉE]|[Uu]niversity|[Uu]niversidad|[Uu]niversità|[Ii]nstitut|INSTITUT"
    r"|[Ll]ycée|LYC[ÉE]E|[Ff]aculté|[Ff]ac\b|[Cc]ollège|[Cc]ampus|[Cc]onservatoire|[Bb]usiness [Ss]chool|[Aa]cadémie|CFA|GRETA"
    r"|IUT|UFR|INSA|IAE|ENS|INSPE|ESPE|IEP|IUFM|EPLE|BTS au)"
)
_ADJECTIVE = (
    r"(?:nationale?s?|supérieure?s?|normale|polytechnique|centrale|catholique|fédérale|libre|technologique|européenne?|internationale?"
    r"|professionnel|général|agricole|NATIONALE|SUPÉRIEURE)"
)
_TOWN = r"(?:[\s\-][A-ZÀ-Þ][\w\-’']+)?"
BY_KIND = re.compile(
    rf"\b{_KIND}(?:\s+{_ADJECTIVE})*(?:[ \u00a0]+{_LINKS}[ \u00a0]*|[ \u00a0]+)*"
    rf"{_PROPER}(?:(?:[ \u00a0]+|[’'\-–]){_SMALL}?[ \u00a0]*{_PROPER}|[ \u00a0]+\d+)*"
    rf"|\b[ÉEée]cole(?:\s+{_ADJECTIVE})+(?:[ \u00a0]+(?:{_SMALL}[ \u00a0]*)+[\w\-]+)*"
    rf"|\b[ÉEée]cole [Dd](?:e |’|')(?:design|ingénieurs|commerce|journalisme|architecture|web|code)(?:\s+{_PROPER})+"
)
_ALONE = (
    "HEC", "ESSEC", "ESCP", "EDHEC", r"EM\s?Lyon", "EMLyon", "NEOMA", "KEDGE", "SKEMA", "Audencia", "ENA", "INSP", "ENSAE", "ENSAI",
    "ENSTA(?:-Bretagne)?", "ENSIMAG", "Ensimag", "ENSCI", "ENSAD", "EnsAD", "ENSG", "ENSEEIHT", "ENSIIE", "ENSSAT", "ENSSIB", "Enssib", "ENSIIE", "ENSC",
    "ENSEIRB(?:-MATMECA)?", "ENSICAEN", "ENSAM", "ENTPE", "ENAC", "ENSMA", "ENM", "ENV[AT]", "EHESS", "EPHE", "INALCO", "Inalco", "CELSA", "Celsa",
    "EPITECH", "Epitech", "EPITA", "Epita", "ISAE(?:-SUPAERO)?", "SUPAERO", "Supaéro", "ESIEE", "ESIEA", "ESGI", "ESILV", "EMLV", "EFREI", "Efrei", "ISEP", "ISEN", "ECE Paris",
    "SUPINFO", "Supinfo", "CESI", "CNAM", "Cnam", "UTBM", "UTC", "UTT", "ESTACA", "ICAM", "Icam", "ECAM", "ESTP", "EPFL", "EPF", "ETH Z[uü]rich", "MIT",
    "Polytechnique(?: Montréal)?", r"Centrale\s?Sup[ée]lec", "Sup[ée]lec", r"Centrale (?:Paris|Lyon|Lille|Nantes|Marseille|Méditerranée)",
    rf"Sciences[\s-]?Po{_TOWN}", r"Mines\s(?:Paris(?:Tech)?|Saint-[ÉE]tienne|Nancy|Alès|Albi|Douai|Nantes)", r"Ponts\sParis(?:Tech)?", r"Ponts\set\s[Cc]haussées",
    r"T[ée]l[ée]com\s(?:Paris(?:Tech)?|SudParis|Bretagne|Nancy|Saint-[ÉE]tienne|Lille)", r"IMT\s(?:Atlantique|Nord Europe|Mines \w+)", "AgroParisTech", "Agrocampus",
    r"Arts\set\s[Mm]étiers(?:\sParisTech)?", r"Grenoble\sINP", r"Toulouse\sINP", r"Bordeaux\sINP", r"Polytech\s[A-ZÀ-Þ][\w\-]+",
    r"Paris[\s\-](?:Dauphine|Saclay|Sorbonne|Diderot|Descartes|Nanterre|Est|Cité|Est[\s\-]Créteil|Panthéon)(?:[\s\-][A-ZÀ-Þ]\w+)*", r"Panthéon[\s\-](?:Sorbonne|Assas)",
    "Dauphine", r"Sorbonne(?:\s(?:Nouvelle|Université|Paris\s\w+))?", "Assas", "Nanterre Université", "Gobelins", "Strate", "Penninghen", "LISAA", "e-artsup", "Boulle", "Estienne", "Duperré",
    r"Olivier\sde\sSerres", "ENSAAMA", r"Beaux[\s\-]Arts\sde\s[A-ZÀ-Þ][\w\-]+", r"École\s42", r"42\s(?:Paris|Lyon|Nice|Mulhouse|Angoulême|Perpignan|Le Havre)", "Simplon", r"Le\sWagon",
    "OpenClassrooms", r"Open\sClassrooms", "H[Ee][Tt][Ii][Cc]", r"Wild\sCode\sSchool", "WebForce3", "Webforce\\s?3", "Ironhack", r"Ada\sTech\sSchool", r"La\sPlateforme", "Holberton", "O’clock", "O'clock",
    r"Hack\sReactor", r"General\sAssembly", r"Jedha", "DataScientest", r"Louis[\s\-]le[\s\-]Grand", r"Henri[\s\-]IV", r"Stanford(?:\sUniversity)?", "Harvard", "Oxford", r"Cambridge(?:\sUniversity)?",
    r"Imperial\sCollege(?:\sLondon)?", r"King[’']s\sCollege(?:\sLondon)?", r"KU\sLeuven", r"TU\s(?:Delft|Munich|Berlin)", r"McGill", "UQAM", "HEC Montréal", "ULB", "UCLouvain", "UNIGE",
    rf"INSA{_TOWN}", rf"IUT{_TOWN}", rf"IAE{_TOWN}", rf"IEP{_TOWN}", rf"ENS{_TOWN}", rf"ESAD{_TOWN}", rf"DSAA\s{_PROPER}", "INA Sup", r"Ina\sSup",
)  # fmt: skip
ALONE = re.compile(rf"\b(?:{'|'.join(_ALONE)})\b")
SCHOOLS = (BY_KIND, ALONE)
