"""Who is in the world, and the promotions they meet in.

`here` runs its calls, wishes and auditions; in `soon` teams are signed but not announced; `there` has its
cohort; `past` is history. Each person owns something, and has a double who owns the same thing elsewhere.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from eig.accounts.models import User
from eig.promotions.models import Figure, Phase, Programme, Promotion
from journey.actions.founding import create_promotion
from tests.people import PASSWORD, person, signed_in

# Words that only some people may read: found in anybody else's page, they betray a leak.
CANARIES = {
    "name": "Canariole",
    "project": "canariprojet",  # what Farid wrote in his projects' dossiers
    "application": "canaricandidature",  # what Camille wrote in her application
    "reading": "canarilecture",  # what readers think
    "jury": "canarijury",  # what a project jury thinks
    "decision": "canaridecision",  # what is decided and not yet published
    "card": "canarifiche",  # what jurors think
    "bulletin": "canaribulletin",  # what a team tells of its week
}


@dataclass
class World:
    """People and promotions; what they own is in `of`, by the name that the tables of doors use."""

    alice: User  # preselected, orders her wishes
    amelie: User  # preselected, has certified them, is heard
    camille: User  # preselected too: what is hers is nobody else's
    ariane: User  # writes her application
    damien: User  # has handed his in
    badis: User  # leads projects
    farid: User  # leads others
    claire: User  # reads and sits in juries
    gaelle: User  # reads and sits too, but nothing of this
    diane: User  # the programme team
    denis: User  # and its second person
    emile: User  # nobody, with the powers of a superuser: they open nothing
    here: Promotion
    soon: Promotion
    there: Promotion
    past: Promotion
    of: SimpleNamespace = field(default_factory=SimpleNamespace)
    browsers: dict[int | None, Client] = field(default_factory=dict)

    def browser(self, who: User | None) -> Client:
        """Where `who` is signed in, and has just proved who they are."""
        key = who.pk if who else None
        if key not in self.browsers:
            self.browsers[key] = signed_in(who) if who else Client(raise_request_exception=False)
        return self.browsers[key]

    def __getstate__(self) -> dict[str, Any]:
        """For another process: of a browser, its cookies."""
        cookies = {key: client.cookies for key, client in self.browsers.items()}
        return {**vars(self), "browsers": cookies}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, browsers={})
        for key, cookies in state["browsers"].items():
            self.browsers[key] = Client(raise_request_exception=key is not None)
            self.browsers[key].cookies = cookies


def promotion(code: str, *, number: int) -> Promotion:
    """EIG 6 from the catalogue, under another name; every phase open around now."""
    now = timezone.now()
    row = create_promotion("eig6", by=None, at=now, code=code, name=f"EIG {number}", number=number)
    edges = {"opens_at": now - timedelta(days=20), "closes_at": now + timedelta(days=20)}
    Phase.objects.filter(promotion=row).update(
        **edges, **{f"planned_{name}": value for name, value in edges.items()}
    )
    return row


def past_promotion() -> Promotion:
    row = Promotion.objects.create(
        programme=Programme.objects.get(), code="eig-4", name="EIG 4", number=4, is_archived=True
    )
    Figure.objects.create(promotion=row, code="projects", label="défis", value="15", source="Bilan publié")
    return row


def found() -> World:
    world = _found()
    User.objects.filter(pk=world.emile.pk).update(is_superuser=True)
    secret = make_password(PASSWORD)
    # Hashed once: it is slow on purpose.
    User.objects.update(password=secret)
    for who in vars(world).values():
        if isinstance(who, User):
            who.password = secret
    return world


def _found() -> World:
    here = promotion("eig-7", number=7)
    return World(
        alice=person("Alice", "Aubert"),
        amelie=person("Amélie", "Astruc"),
        camille=person("Camille", "Canariole"),
        ariane=person("Ariane", "Attali"),
        damien=person("Damien", "Dupré"),
        badis=person("Badis", "Benali"),
        farid=person("Farid", "Fabre"),
        claire=person("Claire", "Colin", second_factor=True),
        gaelle=person("Gaëlle", "Gauthier", second_factor=True),
        diane=person("Diane", "Delmas", staff=True),
        denis=person("Denis", "Duval", staff=True),
        emile=person("Émile", "Étienne"),
        here=here,
        soon=promotion("eig-6", number=6),
        there=promotion("eig-5", number=5),
        past=past_promotion(),
    )
