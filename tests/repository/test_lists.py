"""Every list of the team: found at its door, read with every column, exported, calm before any parameter."""

import csv
import io
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.queries import APPLICATIONS
from candidates.queries.pool import POOL
from cohorts.queries.listing import MEMBERS
from eig.exports.choices import Format
from eig.exports.rules import headings
from eig.exports.sheets import write_file
from eig.exports.sources import source_of
from eig.french import folded
from eig.listing.asking import asked_of, data_of
from eig.listing.description import Listing, Look
from eig.listing.documents import WHOLE
from eig.listing.models import SavedView
from eig.meetings.queries.listing import ADVICE, WEBINARS
from journey.queries.listing import JOURNAL, MAILS
from matching.interviews.queries.listing import AUDITIONS, JURORS
from matching.ranking.queries.listing import RANKINGS
from matching.teams.queries.listing import OFFERS
from projects.queries import PROJECTS
from projects.queries.listing import PROJECT_JURORS
from tests.people import signed_in
from tests.repository.world import World

LISTS = {
    listing.code: listing
    for listing in (
        APPLICATIONS, POOL, PROJECTS, RANKINGS, AUDITIONS, JURORS, OFFERS, MEMBERS, MAILS, JOURNAL, WEBINARS,
        ADVICE, PROJECT_JURORS,
    )
}  # fmt: skip
HOSTILE = (
    {"order": "'; --", "columns": ["x", "person"], "page": "99999999999999999999"},
    {"q": "%_\\'\"(🦉", "status": "nulle part", "trade": "x", "when": "jamais", "state": "?", "kind": "é"},
    {"since": "0001-01-01", "until": "9999-12-31"},
    {"since": "2026-02-31", "until": "hier"},
    {"years_from": "9" * 40, "years_to": "-1", "mark_from": "NaN", "mark_to": "1e99"},
    {"actor": "pas-un-code", "reader": "pas-un-code", "adviser": "pas-un-code", "project": "pas-un-code"},
)


def door(world: World, listing: Listing) -> str:
    return reverse(listing.door, args=[world.here.code])


def asked(world: World, listing: Listing, **given):
    look = Look(world.here, world.denis, timezone.now())
    return asked_of(listing, look, data=data_of({name: [value] for name, value in given.items()}))


@pytest.mark.parametrize("listing", LISTS.values(), ids=LISTS)
def test_a_list_shows_its_columns_and_is_exported_with_them(
    world: World, listing: Listing, tmp_path: Path
) -> None:
    every = {"columns": list(listing.columns)}
    page = signed_in(world.denis).get(door(world, listing), every)
    assert page.status_code == 200
    shown = list(listing.columns.values())
    # The first column is not chosen: an empty list has no heading.
    for item in shown if asked(world, listing).rows.exists() else shown[1:]:
        assert item.column.label in page.content.decode()
    for kind in Format:
        table = source_of(f"{listing.code}{WHOLE}").build(world.here, {}, world.denis)
        path = tmp_path / f"liste.{kind}"
        write_file(path, format=kind, title=listing.title, columns=table.columns, rows=table.rows)
    rows = list(csv.reader(io.StringIO((tmp_path / "liste.csv").read_text("utf-8-sig")), delimiter=";"))
    assert rows[0] == headings(table.columns)
    assert len(set(rows[0])) == len(rows[0])
    assert len(rows) == table.total + 1
    assert table.total == asked(world, listing).rows.count()


@pytest.mark.parametrize("listing", LISTS.values(), ids=LISTS)
def test_no_parameter_upsets_a_list(world: World, listing: Listing) -> None:
    browser = signed_in(world.diane)
    for given in HOSTILE:
        assert browser.get(door(world, listing), given).status_code == 200, given
    for act in (
        {"act": "deed", "kind": "x", "scope": "all"},
        {"act": "deed"},
        {"act": "forget", "view": "x"},
    ):
        assert browser.post(door(world, listing), act).status_code in {302, 404}


@pytest.mark.parametrize("listing", LISTS.values(), ids=LISTS)
def test_every_order_of_a_list_is_whole_and_breaks_ties(world: World, listing: Listing) -> None:
    for order in listing.orders:
        rows = asked(world, listing, order=order).rows
        *_, last = rows.query.order_by
        assert last.expression.name == "pk"
        assert sorted(rows.values_list("pk", flat=True)) == sorted(
            asked(world, listing).rows.values_list("pk", flat=True)
        )


@pytest.mark.parametrize("listing", LISTS.values(), ids=LISTS)
def test_every_filter_of_a_list_answers(world: World, listing: Listing) -> None:
    """Each value that is offered narrows the list, or leaves it as it is; none is a fault."""
    whole = set(asked(world, listing, when="all").rows.values_list("pk", flat=True))
    form = asked(world, listing).form
    for item in listing.filters:
        offered = [value for value, _ in getattr(form.fields[item.name], "choices", [])] or [
            "2",
            "2026-01-01",
        ]
        for value in offered:
            found = asked(world, listing, **{"when": "all", item.name: value}).rows
            assert set(found.values_list("pk", flat=True)) <= whole


@pytest.mark.parametrize("listing", LISTS.values(), ids=LISTS)
def test_a_view_is_kept_for_its_list_only(world: World, listing: Listing) -> None:
    browser = signed_in(world.diane)
    order = list(listing.orders)[-1]
    address = f"{door(world, listing)}?order={order}"
    assert browser.post(address, {"act": "keep", "name": "Ma vue à moi"}).headers["Location"] == address
    view = SavedView.objects.get(name="Ma vue à moi")
    browser.get(address)  # it is said once that it was kept
    assert (view.listing, view.query, view.owner) == (listing.code, f"order={order}", world.diane)
    for other in LISTS.values():
        shown = "Ma vue à moi" in browser.get(door(world, other)).content.decode()
        assert shown == (other is listing)
    assert browser.post(address, {"act": "keep", "name": ""}).status_code == 422
    browser.post(address, {"act": "forget", "view": view.code})
    assert not SavedView.objects.filter(pk=view.pk).exists()


NAMED = {
    "candidatures": "candidate",
    "voeux": "candidate",
    "jures": "person",
    "jures-projets": "person",
    "vivier": "person",
}


@pytest.mark.parametrize("code", NAMED)
def test_people_are_in_french_order(world: World, code: str) -> None:
    rows = [getattr(row, NAMED[code]) for row in asked(world, LISTS[code], order="name").rows]
    names = [(folded(someone.last_name), folded(someone.first_name)) for someone in rows]
    assert names
    assert names == sorted(names)


def test_deeds_are_above_the_rows_they_are_done_to(world: World) -> None:
    """They were 2,600 pixels below; « tous les résultats » says that it is more than the page."""
    page = signed_in(world.diane).get(door(world, APPLICATIONS)).content.decode()
    assert page.index('id="bulk"') < page.index("<table") < page.index("Enregistrer cette vue")
    assert "pas seulement cette page" in page
    assert "Tout cocher sur cette page" in page
