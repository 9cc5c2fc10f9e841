"""The demonstration's words: complete, in good French, invented, and the same for the same seed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from demo import past
from eig.dossiers.rules import is_siret
from eig.promotions.catalogue import load_promotion
from rehearsal import corpus
from rehearsal.corpus import applications, bulletins, people, preferences, projects

FORMS = load_promotion("eig6").forms
GRIDS = load_promotion("eig6").grids
LONG = 60
FILES = {"cv", "portfolio"}
# Names of the real programme's défis, which the invented ones must not borrow.
REAL_NAMES = {
    "1 élève, 1 stage", "a-just", "achadef", "adex", "adler", "app 112", "archifiltre", "artificia",
    "atlas culture", "basegun", "batid", "brigade numérique", "capqualif", "cartobio", "champollion",
    "cibnav", "compar:ia", "csplab", "cyberimpact", "dases", "datadsn", "dataesr", "datajust", "datalma",
    "datalympics", "datamed", "datapass", "datareg", "datarh", "domifa", "dossierfacile", "enki",
    "envergo", "envinorma", "estim'action", "explocode", "france transition", "géocommuns", "gobelins",
    "green data for health", "gristgouv", "hopkins", "ia flash", "impact co2", "karfu’r", "label",
    "leximpact", "magellan", "maritux", "matchid", "mon suivi social", "monitorfish", "neotac",
    "nos gestes climat", "open chronic", "open justice", "optiflex", "partageons l'eau", "planipref",
    "plume", "polygraphe", "prev-ac-tion", "prédisauvetage", "prévisecours", "recens'smart", "recrues",
    "réfugiés.info", "sequoia", "siance", "signaux faibles", "sirano", "smash", "social connect",
    "sos ponts", "tristan", "twincity", "urssafassur", "vigicr’ux", "écobalyse",
}  # fmt: skip


def texts_in(thing: Any) -> Iterator[str]:
    """Every text of a record, however deep."""
    if isinstance(thing, str):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from texts_in(getattr(thing, field.name))
    elif isinstance(thing, dict) or hasattr(thing, "items"):
        for item in thing.values():
            yield from texts_in(item)
    elif isinstance(thing, list | tuple | frozenset):
        for item in thing:
            yield from texts_in(item)


def asked(question: Any, answers: Any) -> bool:
    condition = question.required_if
    return condition is None or answers.get(condition.question) == condition.equals


def everything() -> Iterator[Any]:
    yield load_promotion("eig6")
    yield corpus.load_projects()
    yield corpus.generate_applications()
    yield [corpus.cv_sections(item) for item in corpus.generate_applications()]
    yield corpus.generate_drafts()
    yield corpus.generate_preferences()
    yield corpus.generate_bulletins()
    yield corpus.generate_jurors()
    yield corpus.generate_staff()
    yield corpus.load_administrations()
    yield corpus.load_remarks()
    yield past.load_past_projects()
    yield past.load_past_promotions()
    yield past.load_figures()
    yield past.generate_alumni()


def test_every_required_question_of_every_project_is_answered() -> None:
    for project in corpus.load_projects():
        for question in FORMS["project"].questions:
            if question.required and asked(question, project.answers):
                assert project.answers.get(question.code) not in (None, "", [], False), (
                    project.key,
                    question.code,
                )


def test_every_required_question_of_every_application_is_answered() -> None:
    for candidacy in corpus.generate_applications():
        for question in FORMS["application"].questions:
            if question.required and question.code not in FILES:
                value = candidacy.answers.get(question.code)
                assert value not in (None, "", []), (candidacy.key, question.code)


def test_nothing_is_answered_that_is_not_asked() -> None:
    for kind, dossiers in (
        ("project", corpus.load_projects()),
        ("application", corpus.generate_applications()),
    ):
        codes = {question.code for question in FORMS[kind].questions}
        for dossier in dossiers:
            assert set(dossier.answers) <= codes, dossier.key


def test_answers_respect_the_limits_and_the_options() -> None:
    for kind, dossiers in (
        ("project", corpus.load_projects()),
        ("application", corpus.generate_applications()),
    ):
        for question in FORMS[kind].questions:
            options = {option.value for option in question.options}
            for dossier in dossiers:
                value = dossier.answers.get(question.code)
                if value is None:
                    continue
                if question.max_length and isinstance(value, str):
                    assert len(value) <= question.max_length, (dossier.key, question.code, len(value))
                if question.pattern:
                    assert re.fullmatch(question.pattern, value), (dossier.key, question.code)
                if options:
                    assert set(value if isinstance(value, list) else [value]) <= options, (dossier.key, value)
                if question.choices_max and isinstance(value, list):
                    assert len(value) <= question.choices_max, (dossier.key, question.code)
                if question.eligible:
                    assert value == question.eligible


def test_the_promotion_of_2022_is_there_29_projects_14_kept_34_seats() -> None:
    outcomes = Counter(project.outcome for project in corpus.load_projects())
    assert outcomes == {"kept": 14, "reserve": 2, "declined": 10, "ineligible": 3}
    seats: Counter[str] = Counter()
    for project in corpus.kept_projects():
        assert project.seats in (2, 3)
        assert 2 <= len(project.positions) <= 3
        assert project.public_name
        assert project.tagline
        assert project.team_sought
        assert len(project.summary) >= 2
        for position in project.positions:
            seats[position.trade] += position.seats
    assert seats == {"developpement": 11, "design": 9, "data-science": 8, "data-engineering": 6}


def test_300_apply_103_are_strong_and_88_certify_three_to_five_wishes() -> None:
    found = {item.key: item for item in corpus.generate_applications()}
    assert len(found) == 300
    assert sum(item.is_strong for item in found.values()) == 103
    kept = {project.key: project for project in corpus.kept_projects()}
    lists = corpus.generate_preferences()
    assert set(lists) == {key for key, item in found.items() if item.is_strong}
    assert sum(item.certifies for item in lists.values()) == 88
    for item in lists.values():
        assert 3 <= len(item.wishes) <= 5
        assert len(set(item.wishes)) == len(item.wishes) == len(item.reasons)
        for wish in item.wishes:
            assert kept[wish].trades & set(found[item.candidacy].trades)


def test_each_position_of_a_kept_project_is_wished_by_people_enough() -> None:
    found = {item.key: item for item in corpus.generate_applications()}
    for project in corpus.kept_projects():
        for position in project.positions:
            wishing = [
                item
                for item in corpus.generate_preferences().values()
                if item.certifies
                and project.key in item.wishes
                and position.trade in found[item.candidacy].trades
            ]
            assert len(wishing) >= 4 * position.seats, (project.key, position.trade)


def test_marks_put_the_strong_dossiers_first_and_call_third_readers_for_the_disputed() -> None:
    criteria = [item.code for item in GRIDS["application_reading"].criteria]

    def means(item: corpus.Candidacy) -> list[float]:
        marks = [corpus.application_marks(item, reader=reader, criteria=criteria) for reader in (0, 1)]
        return [sum(card.values()) / len(card) for card in marks]

    ranked = sorted(corpus.generate_applications(), key=lambda item: -sum(means(item)))
    assert all(item.is_strong for item in ranked[:103])
    far_apart = {item.key for item in ranked if abs(means(item)[0] - means(item)[1]) >= 2}
    assert far_apart == {item.key for item in ranked if item.is_disputed}


def test_marks_put_the_kept_projects_first() -> None:
    criteria = [item.code for item in GRIDS["project_reading"].criteria]

    def total(project: corpus.Project) -> int:
        cards = [corpus.project_marks(project, reader=reader, criteria=criteria) for reader in (0, 1)]
        return sum(sum(card.values()) for card in cards)

    ranked = sorted(corpus.load_projects(), key=lambda project: -total(project))
    assert [project.outcome for project in ranked[:16]] == ["kept"] * 14 + ["reserve"] * 2


@pytest.mark.parametrize("grid", ["project_reading", "application_reading", "audition"])
def test_there_is_something_to_say_for_every_mark_and_every_opinion(grid: str) -> None:
    remarks = corpus.load_remarks()[grid]
    for criterion in GRIDS[grid].criteria:
        for mark in range(6):
            assert len(remarks.by_level(criterion.code, mark)) >= 3
    for verdict in GRIDS[grid].verdicts:
        assert len(remarks.overall(verdict.value)) >= 3


def test_sirets_are_valid_and_belong_to_no_one() -> None:
    sirets = [item.siret for item in corpus.load_administrations()]
    assert len(set(sirets)) == len(sirets) >= 30
    for siret in sirets:
        assert is_siret(siret)
        assert siret.startswith("099")


def test_nobody_is_there_twice_and_every_address_is_reserved() -> None:
    everyone = [item.person for item in (*corpus.generate_applications(), *corpus.generate_drafts())]
    everyone += [
        item.person for item in (*corpus.generate_jurors(), *corpus.generate_staff(), *past.generate_alumni())
    ]
    for project in corpus.load_projects():
        everyone += [project.sponsor.person, project.lead.person]
        everyone += [
            corpus.Person(answer["first_name"], answer["last_name"], "", answer["email"])
            for answer in (project.answers["hr_contact"], project.answers["finance_contact"])
        ]
    assert len(everyone) == 300 + 12 + 51 + 5 + 15 + 29 * 4
    assert max(Counter(person.full_name for person in everyone).values()) == 1
    assert max(Counter(person.email for person in everyone).values()) == 1
    for person in everyone:
        assert re.fullmatch(r"[a-z.-]+@[a-z-]+\.example", person.email), person.email


def test_jurors_are_21_and_30_of_four_kinds() -> None:
    panels = Counter(juror.panel for juror in corpus.generate_jurors())
    assert panels == {"project": 21, "application": 30}
    assert {juror.kind for juror in corpus.generate_jurors()} == {"agent", "dinum", "outside", "alumni"}


def test_no_long_text_is_said_twice() -> None:
    said: Counter[str] = Counter()
    for dossier in (*corpus.load_projects(), *corpus.generate_applications()):
        codes = {question.code for question in FORMS["project"].questions if question.type == "long_text"}
        codes |= {"skills", "training", "experience", "initiative", "teamwork", "adaptation", "pedagogy"}
        said.update(str(dossier.answers[code]) for code in codes if code in dossier.answers)
    assert [text for text, times in said.items() if times > 1] == []


def test_some_candidates_name_themselves_or_their_school_for_the_redaction_to_find() -> None:
    found = corpus.generate_applications()
    named = [item for item in found if item.person.first_name in item.answers["motivation"]]
    assert 30 <= len(named) <= 120
    assert sum(bool(item.school) for item in found) >= 60
    for item in found:
        assert not item.school or item.school in item.answers["training"]
        assert item.person.full_name in [section.title for section in corpus.cv_sections(item)]


def test_teams_tell_eight_different_weeks() -> None:
    found = corpus.generate_bulletins()
    assert len(found) == 14 * 8
    assert {item.project for item in found} == {project.key for project in corpus.kept_projects()}
    for item in found:
        assert 1 <= item.mood <= 5
        assert item.priority
        assert item.worked
        assert item.hard
    assert (
        max(Counter((item.week, item.priority, item.worked, item.hard, item.help) for item in found).values())
        == 1
    )


def test_history_is_as_published() -> None:
    found = {item.code: item for item in past.load_past_promotions()}
    assert [(code, found[code].projects, found[code].members) for code in found] == [
        ("eig-1", 9, 11),
        ("eig-2", 13, 28),
        ("eig-3", 15, 32),
        ("dig", 17, 20),
        ("eig-4", 17, 41),
        ("eig-5", 16, 39),
    ]
    assert {item.promotion for item in past.load_figures()} <= {*found, ""}
    assert {item.promotion for item in past.load_past_projects()} == set(found)
    titles = {item.title for item in past.load_past_projects()}
    assert {item.project for item in past.generate_alumni()} <= titles


@pytest.mark.parametrize(
    "generate",
    [
        applications.generate_applications,
        applications.generate_drafts,
        preferences.generate_preferences,
        people.generate_jurors,
        people.generate_staff,
        bulletins.generate_bulletins,
        projects.load_projects,
    ],
)
def test_same_seed_same_corpus_another_seed_another(generate: Any) -> None:
    once, again = generate.__wrapped__(7), generate.__wrapped__(7)
    assert once == again
    assert once != generate.__wrapped__(8)


def test_the_same_world_can_be_told_some_years_later() -> None:
    now, then = corpus.load_projects(years=4), corpus.load_projects()
    assert [item.lead for item in now] == [item.lead for item in then]
    said = {item.key: str(item.answers["ethics"]) + str(item.answers["outlook"]) for item in then}
    later = {item.key: str(item.answers["ethics"]) + str(item.answers["outlook"]) for item in now}
    assert "en 2024" in said["phonotheque"]
    assert "en 2028" in later["phonotheque"]
    for before, after in zip(
        corpus.generate_applications(), corpus.generate_applications(years=4), strict=True
    ):
        assert before.person == after.person
        assert int(after.answers["availability"][:4]) == int(before.answers["availability"][:4]) + 4


def test_drafts_lack_something() -> None:
    for draft in corpus.generate_drafts():
        assert "attestation_true" not in draft.answers


def test_no_name_is_borrowed_from_the_real_programme() -> None:
    names = [
        name
        for project in corpus.load_projects()
        for name in (project.name, project.public_name, project.key)
    ]
    names += [item.title for item in past.load_past_projects()]
    for name in names:
        assert name.lower() not in REAL_NAMES
        assert name.split(",")[0].lower() not in REAL_NAMES


NO_BREAK = "\u00a0\u202f"
FAULTS = {
    "straight apostrophe": re.compile(r"\w'\w"),
    "plain space before a high mark": re.compile(r" [:;!?»]"),
    "no space before a high mark": re.compile(
        rf"[^\s{NO_BREAK}?!:;/0-9&][;!?»]|[a-zà-ÿ):](?<!https)(?<!http):(?!//)"
    ),
    "plain space after an opening guillemet": re.compile(rf"«(?![{NO_BREAK}])"),
    "straight quotes": re.compile(r'"'),
    "two spaces": re.compile(r"  "),
    "three dots": re.compile(r"\.\.\."),
    "unfilled word": re.compile(r"[{}|]"),
    "de un": re.compile(r"\b(de|que) une?\b(?! peu| à)"),
}


def is_prose(text: str) -> bool:
    return " " in text and "@" not in text and not text.startswith("https://") and text != "[0-9]{3}"


@pytest.mark.parametrize("fault", FAULTS)
def test_french_is_well_set(fault: str) -> None:
    wrong = [
        text
        for thing in everything()
        for text in texts_in(thing)
        if is_prose(text) and FAULTS[fault].search(text)
    ]
    assert wrong[:3] == []
