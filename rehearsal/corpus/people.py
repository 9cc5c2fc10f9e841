"""Names, mail addresses and posts of invented people.

Each role draws from its own last names, so nobody is there twice.
"""

from functools import cache
from random import Random

from eig.french.letters import slug
from rehearsal.corpus.administrations import load_administrations
from rehearsal.corpus.records import Administration, Contact, Juror, Person, Staff
from rehearsal.corpus.sources import agree, pick, read, seeded

SEED = 2022
# Last names are shared out between roles: (first, last) of the pool.
SHARES = {
    "agents": (0, 72),
    "staff": (72, 80),
    "jurors": (80, 112),
    "candidates": (112, 237),
    "alumni": (237, 255),
}
MAILBOXES = ("courriel.example", "boite.example", "messagerie.example", "poste.example")
PROGRAMME_DOMAIN = "programme-eig.example"
TRADES = ("developpement", "design", "data-science", "data-engineering")


def mail_name(text: str) -> str:
    """« Maëlle Le Floch » becomes « maelle.le-floch »."""
    return ".".join(map(slug, text.split(".")))


class Names:
    """Draws people, never twice the same name."""

    def __init__(self, rng: Random, role: str) -> None:
        pools = read("names.toml")
        start, end = SHARES[role]
        self.rng = rng
        self.first = {"f": tuple(pools["women"]), "m": tuple(pools["men"])}
        shuffled = list(pools["last_names"])
        seeded("shares").shuffle(shuffled)
        self.last = tuple(shuffled[start:end])
        self.fresh: list[str] = []
        self.taken: set[tuple[str, str]] = set()

    def draw(self, domain: str = "", *, gender: str = "") -> Person:
        """A new person; without a domain, the address is a personal mailbox."""
        gender = gender or pick(self.rng, "fm")
        if not self.fresh:
            self.fresh = self.rng.sample(self.last, len(self.last))
        last = self.fresh.pop()
        first = pick(self.rng, self.first[gender])
        while (first, last) in self.taken or first == last:
            first = pick(self.rng, self.first[gender])
        self.taken.add((first, last))
        where = domain or pick(self.rng, MAILBOXES)
        return Person(first, last, gender, f"{mail_name(first)}.{mail_name(last)}@{where}")


def phone(rng: Random, *, mobile: bool = False) -> str:
    """A number in the blocks that the regulator keeps for fiction."""
    digits = f"{rng.randrange(10_000):04d}"
    return f"{'06 39 98' if mobile else '01 99 00'} {digits[:2]} {digits[2:]}"


def contact(names: Names, *, domain: str, function: str, service: str, gender: str = "") -> Contact:
    """A new person at a post; the post agrees with the person."""
    person = names.draw(domain, gender=gender)
    return Contact(person, agree(function, person.gender), service, phone(names.rng))


@cache
def generate_staff(seed: int = SEED) -> tuple[Staff, ...]:
    """The five people of the programme team."""
    names = Names(seeded(f"{seed}/staff"), "staff")
    found = []
    for rank, post in enumerate(read("people.toml")["staff"]):
        person = names.draw(PROGRAMME_DOMAIN, gender="fm"[rank % 2])
        found.append(Staff(person, agree(post["function"], person.gender), post["role"]))
    return tuple(found)


@cache
def generate_jurors(seed: int = SEED) -> tuple[Juror, ...]:
    """21 readers and jurors of projects, then 30 of candidates: agents, DINUM, outside people, alumni."""
    names = Names(seeded(f"{seed}/jurors"), "jurors")
    shares = {
        "project": {"agent": 8, "dinum": 4, "outside": 6, "alumni": 3},
        "application": {"agent": 12, "dinum": 6, "outside": 8, "alumni": 4},
    }
    hosts = [item for item in load_administrations() if not item.code.startswith("ministere-")]
    return tuple(
        _juror(names, panel=panel, kind=kind, host=names.rng.choice(hosts), rank=rank)
        for panel, kinds in shares.items()
        for kind, count in kinds.items()
        for rank in range(count)
    )


def _juror(names: Names, *, panel: str, kind: str, host: Administration, rank: int) -> Juror:
    words = read("people.toml")
    outside = {
        "outside": pick(names.rng, words["employers"]["outside"]),
        "alumni": pick(names.rng, words["employers"]["alumni"]),
    }
    employer = {"agent": host.name, "dinum": words["employers"]["dinum"], **outside}[kind]
    domains = {
        "agent": host.domain,
        "dinum": "numerique-etat.example",
        "outside": f"{mail_name(employer)[:40].strip('-')}.example",
    }
    person = names.draw(domains.get(kind, ""))
    return Juror(
        person=person,
        panel=panel,
        kind=kind,
        function=agree(pick(names.rng, words["functions"][kind]), person.gender),
        employer=agree(employer, person.gender),
        administration=host.code if kind == "agent" else "",
        trade=TRADES[rank % len(TRADES)],
    )
