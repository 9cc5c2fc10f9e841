"""The team's list: filtered in the database, the same cost at any length, views kept."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from eig.listing.models import SavedView
from tests.factories import candidates as make
from tests.factories.crowds import crowd_of_applications
from tests.people import signed_in


def url(name: str, *args) -> str:
    return reverse(f"candidates:{name}", args=args)


def numbers_of(client, promotion, **query) -> list[str]:
    page = client.get(url("staff_application_list", promotion.code), query).content.decode()
    return re.findall(r">(EIG-6-C-\d{4})<", page[page.index("<table") :]) if "<table" in page else []


def test_each_filter_narrows_the_list(promotion, diane):
    first = make.submitted(promotion, expertise="Géomatique fine", experience_years=2)
    second = make.submitted(promotion, experience_years=9)
    reader = make.reader(promotion)
    make.signed(first, reader, 5)
    make.signed(first, make.reader(promotion), 2)
    make.signed(second, make.reader(promotion), 1)
    client = signed_in(diane)

    def numbers(**query):
        return numbers_of(client, promotion, **query)

    assert numbers() == [first.number, second.number]
    assert numbers(expertise="geomatique") == [first.number]
    assert numbers(years_from=5) == [second.number]
    assert numbers(years_to=5) == [first.number]
    assert numbers(mark_from="3,5") == [first.number]
    assert numbers(mark_to="1") == [second.number]
    assert numbers(mark_from="3,51") == []
    assert numbers(reader=str(reader.code)) == [first.number]
    assert numbers(apart="on") == [first.number]
    assert numbers(unread="on") == [second.number]
    assert numbers(order="spread") == [first.number, second.number]
    assert numbers(order="years") == [second.number, first.number]
    assert numbers(reader="n’importe", years_from="x", mark_to="é") == [first.number, second.number]


def test_columns_are_chosen_and_kept_in_a_view(promotion, diane, denis):
    application = make.submitted(promotion)
    client = signed_in(diane)
    address = url("staff_application_list", promotion.code)
    page = client.get(address, {"columns": ["email", "years"]}).content.decode()
    assert application.candidate.email in page
    assert "Lectures signées</th>" not in page
    here = f"{address}?status=submitted&columns=email"
    client.post(here, {"act": "keep", "name": "À relire"})
    view = SavedView.objects.get()
    assert view.query == "status=submitted&columns=email"
    assert view.name in client.get(address).content.decode()
    other = signed_in(denis)
    assert "À relire" not in other.get(address).content.decode()
    client.post(here, {"act": "keep", "name": "À relire", "is_shared": "on"})
    assert "À relire" in other.get(address).content.decode()
    assert other.post(address, {"act": "forget", "view": view.code}).status_code == 404
    assert client.post(here, {"act": "keep", "name": ""}).status_code == 422
    client.post(address, {"act": "forget", "view": view.code})
    assert not SavedView.objects.exists()


PAGES = (
    ("staff_application_list", {}),
    (
        "staff_application_list",
        {
            "columns": ["person", "readers", "mark", "adjusted", "spread", "decision", "mobility"],
            "apart": "on",
            "q": "prenom",
            "order": "name",
        },
    ),
    ("staff_application_list", {"duplicates": "on"}),
    ("staff_standing_list", {}),
    ("staff_disagreement_list", {}),
    ("staff_duplicate_list", {}),
)


def test_three_dossiers_cost_what_five_thousand_do(promotion, diane):
    client = signed_in(diane)

    def costs() -> list[int]:
        found = []
        for name, query in PAGES:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(url(name, promotion.code), query).status_code == 200
            found.append(len(seen))
        return found

    crowd_of_applications(promotion, 30)
    costs()  # a first visit also opens the session
    few = costs()
    crowd_of_applications(promotion, 270)
    some = costs()
    crowd_of_applications(promotion, 4200, readings=False)
    crowd_of_applications(promotion, 500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert few == some == costs()
    assert max(few) <= 25
