"""What every answer must be, whoever asks: its headers, its weight, its cost, one title."""

import re

import pytest

from tests.design.pages import parse
from tests.repository.visiting import Visit, Visits
from tests.repository.world.crowd import crowd

MOST_QUERIES = 15
# Pages that gather many things: more, yet the same number whatever the length of their lists.
GATHERING = {
    "journey:dashboard": 23,
    "journey:staff_cockpit": 16,
    "projects:project_call": 17,
    "projects:staff_hearing_plan": 18,
    "projects:staff_group_detail": 21,
    # One of its questions notes who looks.
    "projects:staff_project_detail": 16,
    "projects:staff_reading_preview": 19,
    "candidates:application_detail": 16,
    "candidates:review_edit": 17,
    "candidates:staff_application_list": 17,
    "candidates:staff_application_detail": 26,
    "candidates:staff_assignment_preview": 17,
    "interviews:day_show": 20,
    "interviews:audition_plan": 19,
    "interviews:allocation_explain": 17,
    "interviews:availability_list": 22,
    "interviews:plan_list": 21,
    "interviews:timetable_show": 22,
    # A question for each kind of data that holds something of the person, or for each clock.
    "privacy:my_data": 36,
    "privacy:account_erase": 20,
    "privacy:staff_purge": 30,
}
# Files for robots, the same for all.
SAME_FOR_ALL = {"design:robots_txt", "design:security_txt"}
MOST_BYTES = 1_000_000
CSP = "Content-Security-Policy"
# As Django or Python write a moment that no one put in words: « 2 mars 2026 14:05 », « 2026-03-02 ».
RAW_MOMENT = re.compile(r"\b[a-zéû]{3,9} 20\d\d \d\d:\d\d\b|\b\d\d/\d\d/20\d\d\b|\b20\d\d-\d\d-\d\d\b")


@pytest.fixture
def pages(visits: Visits) -> list[Visit]:
    """Every page that somebody may open."""
    found = [visit for visit in visits.all() if visit.status == 200 and visit.is_html]
    # The others are fragments that a page asks for.
    return [visit for visit in found if b"<html" in visit.body]


def asks_much(visit: Visit) -> bool:
    return visit.queries > GATHERING.get(visit.door.name, MOST_QUERIES)


def test_every_answer_protects_itself(visits: Visits) -> None:
    broken = []
    for visit in visits.all():
        policy, headers = visit.headers.get(CSP, ""), visit.headers
        if "unsafe" in policy or "default-src 'none'" not in policy or "*" in policy:
            broken.append(f"{visit}: {CSP} {policy}")
        for name, value in (
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ):
            if headers.get(name) != value:
                broken.append(f"{visit}: {name} {headers.get(name)}")
    assert broken == []


def test_what_a_signed_in_person_sees_is_kept_nowhere(visits: Visits) -> None:
    open_ = [
        visit
        for visit in visits.all()
        if visit.actor != "anonymous"
        and visit.door.name not in SAME_FOR_ALL
        and "no-store" not in visit.headers.get("Cache-Control", "")
    ]
    assert [str(visit) for visit in open_] == []


def test_a_page_is_light(pages: list[Visit]) -> None:
    assert [f"{visit}: {len(visit.body)}" for visit in pages if len(visit.body) > MOST_BYTES] == []


def test_a_page_asks_the_database_little(pages: list[Visit]) -> None:
    assert [f"{visit}: {visit.queries}" for visit in pages if asks_much(visit)] == []


def test_a_page_has_one_title_and_brings_no_code(pages: list[Visit]) -> None:
    broken = []
    for visit in pages:
        page = parse(visit.body)
        titles = page.xpath("//h1")
        if len(titles) != 1 or not titles[0].text_content().strip():
            broken.append(f"{visit}: {len(titles)} h1")
        if page.xpath("//@style | //style | //script[not(@src)][@type!='application/json' or not(@type)]"):
            broken.append(f"{visit}: inline code")
        broken += [
            f"{visit}: {name}" for node in page.iter() for name in node.attrib if name.startswith("on")
        ]
        if re.search(rb"{{|{%|\bNone\b", visit.body):
            broken.append(f"{visit}: {re.search(rb'.{0,80}(?:{{|{%|None).{0,40}', visit.body)}")
    assert broken == []


def test_a_page_says_each_identifier_once(pages: list[Visit]) -> None:
    broken = []
    for visit in pages:
        ids = parse(visit.body).xpath("//@id")
        twice = {one for one in ids if ids.count(one) > 1}
        if twice:
            broken.append(f"{visit}: {sorted(twice)}")
    assert broken == []


def test_every_link_of_a_page_leads_somewhere(pages: list[Visit]) -> None:
    """An empty address, or one that no door answers to."""
    links = [
        (visit, link) for visit in pages for link in parse(visit.body).xpath("//a/@href | //form/@action")
    ]
    assert [f"{visit}: « {link} »" for visit, link in links if not link.strip() or "None" in link] == []


def test_thirty_rows_cost_what_three_do(visits: Visits, pages: list[Visit]) -> None:
    """The same number of queries on every page, whatever the length of its lists; and no page grows heavy."""
    lists = [
        visit for visit in pages if ":" in visit.door.name and visit.actor in {"owner", "reader", "staff"}
    ]
    crowd(visits.world, rows=2)
    few = [visits.look(visit.door, visit.actor) for visit in lists]
    crowd(visits.world, rows=27)
    many = [visits.look(visit.door, visit.actor) for visit in lists]
    pairs = list(zip(few, many, strict=True))
    assert sum(len(two.body) > len(one.body) + 500 for one, two in pairs) > 40
    assert [f"{one}: {one.queries}, {two.queries}" for one, two in pairs if one.queries != two.queries] == []
    assert [f"{two}: {two.queries}" for two in many if asks_much(two)] == []
    assert [f"{two}: {len(two.body)}" for two in many if len(two.body) > MOST_BYTES] == []


def test_a_page_says_its_dates_in_words(pages: list[Visit]) -> None:
    assert RAW_MOMENT.search("jusqu’au 2 mars 2026 14:05")
    broken = []
    for visit in pages:
        found = RAW_MOMENT.search(" ".join(parse(visit.body).xpath("//body//text()[not(ancestor::script)]")))
        if found:
            broken.append(f"{visit}: {found[0]}")
    assert broken == []
