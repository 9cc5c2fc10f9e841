"""The questionnaire: optional, mixed, counted ten at a time, published once, and never joined to anybody."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from eig.accounts.models import User
from eig.diversity import actions
from eig.diversity.actions import AlreadyCounted, Closed, FormTooOld, collect, new_token, publish, reseal
from eig.diversity.checks import check_key, check_pools
from eig.diversity.logs import QuietLogger
from eig.diversity.queries import published_on, shared_key, tables
from eig.diversity.rules import FULL, LEAST, QUESTIONS, SILENT, Question, added, cleaned, drawn, table_of
from eig.diversity.sealing import unseal
from eig.promotions.models import Phase, Promotion
from tests.people import signed_in

CODES = [question.code for question in QUESTIONS]
HERE = "eig6"


def answer(dice: Random) -> dict[str, str]:
    return {question.code: dice.choice(question.choices)[0] for question in QUESTIONS}


def given(number: int, dice: Random, promotion: str = HERE) -> list[dict[str, str]]:
    answers = [answer(dice) for _ in range(number)]
    for each in answers:
        collect(promotion, each, token=new_token(promotion))
    return answers


def tally(promotion: str = HERE) -> Counter[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT question, answer, number FROM diversity.tally WHERE promotion = %s", [promotion]
        )
        return Counter({(question, said): number for question, said, number in cursor.fetchall()})


def pool(promotion: str = HERE) -> dict[str, Any]:
    """What only the application can read, with its secret."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM diversity.pool WHERE promotion = %s", [promotion])
        return unseal(cursor.fetchone()[0])


def sealed_count(promotion: str = HERE) -> int:
    return sum(pool(promotion)["counts"]["gender"].values())


# --- Batches ----------------------------------------------------------------------------------------


def test_answers_become_counts_ten_at_a_time_and_ten_stay_to_hide_them(db: None) -> None:
    dice = Random(1)
    given(FULL - 1, dice)
    assert sealed_count() == 0
    given(1, dice)
    assert (sealed_count(), len(pool()["waiting"])) == (LEAST, LEAST)
    given(LEAST, dice)
    assert (sealed_count(), len(pool()["waiting"])) == (2 * LEAST, LEAST)
    assert tally() == Counter()


def test_every_answer_is_counted_once_in_the_end(db: None) -> None:
    answers = given(147, Random(2))
    publish(HERE, on=date(2026, 1, 1))
    counts = added({}, answers)
    for question, table in zip(QUESTIONS, tables(HERE), strict=True):
        assert table.cells == table_of(question, counts[question.code]).cells
    assert sum(tally().values()) > 500


def test_fewer_than_ten_are_lost_rather_than_shown(db: None) -> None:
    given(LEAST - 1, Random(3))
    publish(HERE, on=date(2026, 1, 1))
    assert tally() == Counter()
    assert all(table.is_silent for table in tables(HERE))


def test_what_waits_is_sealed_and_of_one_size(db: None) -> None:
    dice, sizes = Random(4), set()
    for _ in range(FULL + 5):
        given(1, dice)
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed FROM diversity.pool")
            block = bytes(cursor.fetchone()[0])
        sizes.add(len(block))
        assert not any(word in block for word in (b"disability", b"parents", b"waiting", b"silent"))
    assert len(sizes) == 1


def test_a_form_sent_twice_counts_once(db: None) -> None:
    token = new_token(HERE)
    collect(HERE, {}, token=token)
    with pytest.raises(AlreadyCounted):
        collect(HERE, {}, token=token)
    for wrong in ("", "x", new_token("eig7")):
        with pytest.raises(FormTooOld):
            collect(HERE, {}, token=wrong)


def test_after_the_publication_nothing_is_taken(db: None) -> None:
    given(12, Random(5))
    assert publish(HERE, on=date(2026, 1, 1))
    before = tally()
    with pytest.raises(Closed):
        collect(HERE, {}, token=new_token(HERE))
    assert not publish(HERE, on=date(2026, 2, 1))
    assert tally() == before
    assert published_on(HERE) == date(2026, 1, 1)


def test_every_question_may_be_left_out() -> None:
    assert set(cleaned({}).values()) == {SILENT}
    assert cleaned({"gender": "'; --"})["gender"] == SILENT
    assert cleaned({"gender": "woman"})["gender"] == "woman"


def test_who_leaves_the_pool_is_drawn(db: None) -> None:
    """The first come is not the first out: over many draws, each of twenty leaves about once in two."""
    pool = [{"n": str(rank)} for rank in range(FULL)]
    out = Counter(each["n"] for seed in range(400) for each in drawn(pool, chance=Random(seed))[0])
    assert set(out) == {str(rank) for rank in range(FULL)}
    assert all(130 < number < 270 for number in out.values())


def test_at_the_closing_ten_leave_and_fewer_are_lost() -> None:
    """Not even counted: hiding small counts comes after, and is another promise."""
    pool = [{"n": str(rank)} for rank in range(LEAST)]
    released, kept = drawn(pool, chance=Random(1), closing=True)
    assert (sorted(each["n"] for each in released), kept) == ([str(rank) for rank in range(LEAST)], [])
    assert drawn(pool[1:], chance=Random(1), closing=True) == ([], [])


# --- No link ----------------------------------------------------------------------------------------


def test_the_schema_has_no_way_to_anybody(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND "
            "(conrelid::regclass::text LIKE 'diversity.%'"
            " OR confrelid::regclass::text LIKE 'diversity.%')"
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
                       " WHERE nspname = 'diversity' AND relkind IN ('S', 'v', 'm')")  # fmt: skip
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'diversity' ORDER BY 1, 2"
        )
        columns = cursor.fetchall()
    assert columns == [
        ("pool", "promotion", "text"),
        ("pool", "sealed", "bytea"),
        ("publication", "promotion", "text"),
        ("publication", "published_on", "date"),
        ("tally", "answer", "text"),
        ("tally", "number", "integer"),
        ("tally", "promotion", "text"),
        ("tally", "question", "text"),
    ]
    assert list(apps.get_app_config("diversity").get_models()) == []


@pytest.mark.django_db(transaction=True)
def test_a_linking_attack_on_500_people_does_no_better_than_chance(promotion_committed: Promotion) -> None:
    """The attacker holds every dump, knows who answered and in which order, and guesses everybody's answers.

    They use the order of rows (ctid), the writing transaction (xmin), the day, and the batch: what grew
    in the
    tables after each arrival. Chance is the best that one guesses from the published totals alone.
    """
    dice = Random(6)
    truth: list[dict[str, str]] = []
    grown: list[tuple[int, Counter[tuple[str, str]]]] = []
    rows: list[list[tuple[Any, ...]]] = []
    _clean()
    for rank in range(500):
        before = tally()
        truth += given(1, dice)
        if (after := tally()) != before:
            grown.append((rank, after - before))
    publish(HERE, on=date(2026, 1, 1))
    rows.append(_rows())
    totals = tally()
    rates = {}
    for question in QUESTIONS:
        said = [each[question.code] for each in truth]
        favourite = max((totals[question.code, code], code) for code, _ in question.choices)[1]
        chance = said.count(favourite) / 500
        by_batch = _by_batch(question, grown, favourite)
        guesses = {
            "batch": by_batch,
            "ctid": _in_order(question, rows[-1], 1),
            "xmin": _in_order(question, rows[-1], 0),
            "day": [favourite] * 500,
            "order": _spread(question, totals),
        }
        for name, guess in guesses.items():
            right = sum(mine == theirs for mine, theirs in zip(said, guess, strict=True)) / 500
            rates[f"{question.code}/{name}"] = right - chance
    # Over the seven questions, as one attack each: chance and two points.
    for name in ("batch", "ctid", "xmin", "day", "order"):
        mean = sum(rate for key, rate in rates.items() if key.endswith(f"/{name}")) / len(QUESTIONS)
        assert mean <= 0.02, (name, mean)
    # One transaction wrote it all.
    assert len({xmin for xmin, *_ in rows[-1]}) == 1


def _clean() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM diversity.tally; DELETE FROM diversity.pool; DELETE FROM diversity.publication"
        )


def _rows() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT xmin::text, ctid::text, question, answer, number FROM diversity.tally ORDER BY ctid"
        )
        return list(cursor.fetchall())


def _by_batch(
    question: Question, grown: list[tuple[int, Counter[tuple[str, str]]]], favourite: str
) -> list[str]:
    """For each person, the commonest answer of the first batch released after they answered."""
    guesses = []
    for rank in range(500):
        batch = next((growth for when, growth in grown if when >= rank), None)
        mine = {code: number for (asked, code), number in (batch or {}).items() if asked == question.code}
        guesses.append(max(mine, key=lambda code: (mine[code], code)) if mine else favourite)
    return guesses


def _in_order(question: Question, rows: list[tuple[Any, ...]], column: int) -> list[str]:
    """The counts unrolled in the order in which the rows lie, laid along the order of arrival."""
    mine = sorted((row for row in rows if row[2] == question.code), key=lambda row: row[column])
    flat = list(itertools.chain.from_iterable([row[3]] * row[4] for row in mine))
    return (flat + [SILENT] * 500)[:500]


def _spread(question: Question, totals: Counter[tuple[str, str]]) -> list[str]:
    flat = [code for code, _ in question.choices for _ in range(totals[question.code, code])]
    return (flat + [SILENT] * 500)[:500]


# --- What is shown ----------------------------------------------------------------------------------

FOUR = Question("q", "Q", (("a", "A"), ("b", "B"), ("c", "C")))


def of_total(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    for counts in itertools.product(range(total + 1), repeat=cells - 1):
        if sum(counts) <= total:
            yield (*counts, total - sum(counts))


@pytest.mark.parametrize(
    ("cells", "total"), [(3, 51), (3, 57), (3, 67), (3, 77), (4, 44), (4, 51), (4, 66), (4, 72)]
)
def test_no_count_below_ten_is_shown_nor_can_be_worked_out(cells: int, total: int) -> None:
    """Brute force: whoever knows the rule, the exact total and the table cannot tell any hidden count."""
    seen: defaultdict[tuple[int | None, ...], list[tuple[int, ...]]] = defaultdict(list)
    question = Question("q", "Q", FOUR.options[: cells - 1])
    codes = [code for code, _ in question.choices]
    for counts in of_total(total, cells):
        shown = table_of(question, dict(zip(codes, counts, strict=True)))
        seen[tuple(cell.count for cell in shown.cells)].append(counts)
    assert len(seen) > 5
    for shown_counts, possible in seen.items():
        for index, count in enumerate(shown_counts):
            values = {counts[index] for counts in possible}
            if count is None:
                assert len(values) >= LEAST, (shown_counts, values)
            else:
                assert count >= LEAST
                assert min(values) >= LEAST


def test_a_table_that_lets_nine_be_worked_out_is_not_shown() -> None:
    """Faults S72: of 51 answers, 9 « oui », 21 « non », 21 silent; only « silent: 20 » was shown."""
    question = Question("q", "Q", (("yes", "Oui"), ("no", "Non")))
    shown = table_of(question, {"yes": 9, "no": 21, SILENT: 21})
    assert [cell.count for cell in shown.cells] == [None, None, None]
    assert shown.is_silent


def test_two_tables_cannot_be_subtracted() -> None:
    """One answer more never shows as one: counts move by five, and are published once."""
    codes = [code for code, _ in FOUR.choices]
    before = table_of(FOUR, dict(zip(codes, (40, 31, 22, 11), strict=True)))
    after = table_of(FOUR, dict(zip(codes, (41, 31, 22, 11), strict=True)))
    assert before.cells == after.cells


# --- Pages ------------------------------------------------------------------------------------------


def address(promotion: Promotion) -> str:
    return f"/questionnaire/{promotion.code}/{shared_key(promotion.code)}/"


def written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname || '.' || relname, n_tup_ins + n_tup_upd + n_tup_del FROM "
            "pg_stat_xact_user_tables"
        )
        return dict(cursor.fetchall())


def test_answering_writes_nothing_outside_the_schema(promotion: Promotion, alice: User) -> None:
    browser = signed_in(alice)
    browser.get("/mon-espace/")
    before = written()
    page = browser.get(address(promotion))
    assert "Alice" not in page.content.decode()
    token = page.context["form"].initial["token"]
    response = browser.post(address(promotion), {"gender": "woman", "token": token})
    assert response.headers["Location"] == f"{address(promotion)}merci/"
    assert browser.get(response.headers["Location"]).status_code == 200
    moved = {table for table, number in written().items() if number != before.get(table, 0)}
    assert moved == {"diversity.pool"}
    assert browser.cookies.get("sid") is None or "sid" not in response.cookies
    # The same page again, sent again: counted once, and no error.
    assert browser.post(address(promotion), {"gender": "woman", "token": token}).status_code == 302


def test_the_link_is_the_same_for_all_and_needed(promotion: Promotion, alice: User, emile: User) -> None:
    assert Client().get(address(promotion)).status_code == 200
    assert Client().get(f"/questionnaire/{promotion.code}/{'0' * 20}/").status_code == 404


def test_the_team_publishes_once_after_the_call(promotion: Promotion, diane: User) -> None:
    browser = signed_in(diane)
    given(150, Random(7), promotion.code)
    root = f"/pilotage/{promotion.code}/questionnaire/"
    browser.post(f"{root}clore/")
    assert published_on(promotion.code) is None
    assert "Une femme" not in browser.get(root).content.decode()
    Phase.objects.filter(promotion=promotion, kind="applications").update(
        closes_at=timezone.now() - timedelta(hours=1)
    )
    browser.post(f"{root}clore/")
    assert published_on(promotion.code) is not None
    assert "Une femme" in browser.get(root).content.decode()
    assert "clos" in Client().get(address(promotion)).content.decode()


# --- Its key ----------------------------------------------------------------------------------------


def answered(count: int, promotion: Promotion) -> None:
    for _ in range(count):
        collect(promotion.code, {"gender": "woman"}, token=new_token(promotion.code))


def test_the_key_of_sessions_may_change_without_the_questionnaire(
    promotion: Promotion, settings: Settings
) -> None:
    settings.QUESTIONNAIRE_KEY = "its own"
    answered(3, promotion)
    before = address(promotion)
    settings.SECRET_KEY = "another one, and nobody kept the former"
    settings.SECRET_KEY_FALLBACKS = []
    answered(1, promotion)
    assert address(promotion) == before
    assert len(pool(promotion.code)["waiting"]) == 4


def test_its_key_may_change_and_links_already_given_still_open(
    promotion: Promotion, settings: Settings
) -> None:
    settings.QUESTIONNAIRE_KEY = "first"
    answered(3, promotion)
    given_before = address(promotion)
    settings.QUESTIONNAIRE_KEY, settings.QUESTIONNAIRE_KEY_FALLBACKS = "second", ["first"]
    assert address(promotion) != given_before
    for link in (given_before, address(promotion)):
        assert Client().get(link).status_code == 200
    assert reseal() == 1
    settings.QUESTIONNAIRE_KEY_FALLBACKS = []
    answered(1, promotion)
    assert len(pool(promotion.code)["waiting"]) == 4
    assert Client().get(given_before).status_code == 404


def test_what_the_application_s_key_sealed_before_is_still_read(
    promotion: Promotion, settings: Settings
) -> None:
    settings.QUESTIONNAIRE_KEY = ""
    answered(3, promotion)
    given_before = address(promotion)
    settings.QUESTIONNAIRE_KEY = "its own"
    assert Client().get(given_before).status_code == 200
    answered(1, promotion)
    assert len(pool(promotion.code)["waiting"]) == 4


def test_a_lost_key_is_said_and_loses_nothing(promotion: Promotion, diane: User, settings: Settings) -> None:
    settings.QUESTIONNAIRE_KEY = "first"
    answered(12, promotion)
    assert check_pools(databases=["default"]) == []
    settings.QUESTIONNAIRE_KEY = "second"
    browser = Client()
    page = browser.get(address(promotion)).content.decode()
    token = page.partition('name="token" value="')[2].partition('"')[0]
    late = browser.post(address(promotion), {"gender": "woman", "token": token})
    assert late.status_code == 503
    assert "n’a pas été prise" in late.content.decode()
    Phase.objects.filter(promotion=promotion, kind="applications").update(
        closes_at=timezone.now() - timedelta(hours=1)
    )
    said = signed_in(diane).post(f"/pilotage/{promotion.code}/questionnaire/clore/", follow=True)
    assert "QUESTIONNAIRE_KEY" in said.content.decode()
    assert published_on(promotion.code) is None
    assert [error.id for error in check_pools(databases=["default"])] == ["eig.E001"]
    settings.QUESTIONNAIRE_KEY = "first"
    assert len(pool(promotion.code)["waiting"]) == 12


def test_the_checks_ask_for_a_key_of_its_own(settings: Settings) -> None:
    settings.QUESTIONNAIRE_KEY = ""
    assert [warning.id for warning in check_key()] == ["eig.W002"]
    settings.QUESTIONNAIRE_KEY = "its own"
    assert check_key() == []


# --- The logs of who serves it ----------------------------------------------------------------------


def test_the_access_log_leaves_it_out() -> None:
    lines: list[str] = []

    class Kept(QuietLogger):
        def __init__(self) -> None:
            self.cfg = None

    def super_access(self: object, resp: object, req: object, environ: dict[str, Any], time: object) -> None:
        lines.append(environ["PATH_INFO"])

    parent = QuietLogger.__mro__[1]
    original = parent.access
    parent.access = super_access
    try:
        for path in ("/questionnaire/eig6/x/", "/mon-espace/"):
            Kept().access(None, None, {"PATH_INFO": path}, None)
    finally:
        parent.access = original
    assert lines == ["/mon-espace/"]
    assert actions.REMEMBERED > FULL
