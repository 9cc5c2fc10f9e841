"""The 300 dossiers of the call for applications: who they are, what they answer, how strong they are."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from eig.promotions.catalogue import load_promotion
from rehearsal.corpus.people import SEED, Names, phone
from rehearsal.corpus.records import Candidacy, CvSection, Person
from rehearsal.corpus.sources import fill, later, pick, read, seeded
from rehearsal.corpus.writing import Writer, common, long_answers, phrases

SECOND_TRADES = {
    "developpement": ("data-engineering", "design"),
    "design": ("developpement",),
    "data-science": ("data-engineering", "developpement"),
    "data-engineering": ("data-science", "developpement"),
    "droit-du-numerique": ("design",),
    "geomatique": ("data-engineering", "data-science"),
}
REGIONS = {
    "ile-de-france": 34, "auvergne-rhone-alpes": 12, "occitanie": 9, "nouvelle-aquitaine": 9, "bretagne": 7,
    "provence-alpes-cote-d-azur": 8, "hauts-de-france": 7, "pays-de-la-loire": 6, "grand-est": 7,
    "normandie": 4, "bourgogne-franche-comte": 3, "centre-val-de-loire": 4, "outre-mer": 2, "corse": 1,
}  # fmt: skip
SITUATIONS = (
    "employee", "employee", "employee", "freelance", "freelance",
    "job_seeker", "public_contract", "graduating", "other",
)  # fmt: skip
MISSION_STARTS = date(2022, 9, 12)
DISPUTED = 14
DRAFTS = 12


@cache
def generate_applications(seed: int = SEED, years: int = 0) -> tuple[Candidacy, ...]:
    """All dossiers handed in, in an order that tells nothing of their strength, so many years after 2022."""
    rng = seeded(f"{seed}/applications")
    names, writer = Names(rng, "candidates"), Writer(rng)
    profiles = [
        (trade, rank < strong)
        for trade, (applying, strong) in read("volumes.toml")["trades"].items()
        for rank in range(applying)
    ]
    rng.shuffle(profiles)
    weak = [rank for rank, (_, strong) in enumerate(profiles) if not strong]
    disputed = set(rng.sample(weak, DISPUTED))
    found = (
        _candidacy(f"c{rank + 1:03d}", names, writer, trade=trade, strong=strong, disputed=rank in disputed)
        for rank, (trade, strong) in enumerate(profiles)
    )
    return tuple(replace(item, answers=later(item.answers, years)) for item in found)


@cache
def generate_drafts(seed: int = SEED, years: int = 0) -> tuple[Candidacy, ...]:
    """Dossiers begun and never handed in: some sections are empty."""
    rng = seeded(f"{seed}/drafts")
    taken = {(item.person.first_name, item.person.last_name) for item in generate_applications(seed)}
    names, writer = Names(rng, "candidates"), Writer(rng)
    names.taken |= taken
    drafts = []
    for rank in range(DRAFTS):
        trade = pick(rng, tuple(SECOND_TRADES))
        full = _candidacy(
            f"d{rank + 1:02d}", names, writer, trade=trade, strong=rng.random() < 0.4, disputed=False
        )
        dropped = {
            "attestation_true",
            "consent_notice",
            *rng.sample(("motivation", "initiative", "adaptation", "skills"), 2),
        }
        answers = {code: value for code, value in full.answers.items() if code not in dropped}
        drafts.append(replace(full, answers=later(answers, years)))
    return tuple(drafts)


def _candidacy(
    key: str, names: Names, writer: Writer, *, trade: str, strong: bool, disputed: bool
) -> Candidacy:
    rng = writer.rng
    person = names.draw()
    second = rng.random() < (0.3 if strong else 0.12)
    trades = (trade, *([pick(rng, SECOND_TRADES[trade])] if second else []))
    themes = tuple(rng.sample(sorted(common()["themes"]), rng.choice((1, 2, 2, 3, 3))))
    region = rng.choices(tuple(REGIONS), weights=tuple(REGIONS.values()))[0]
    strength = _strength(rng, strong=strong, disputed=disputed)
    school = pick(rng, common()["schools"])
    texts = long_answers(writer, person, trade=trade, themes=themes, weaker=_weaker(strength), school=school)
    return Candidacy(
        key=key,
        person=person,
        trades=trades,
        strength=strength,
        is_strong=strong,
        is_disputed=disputed,
        region=region,
        themes=themes,
        school=school if school in texts.get("training", "") else "",
        has_portfolio=rng.random() < (0.7 if trade == "design" else 0.15),
        answers={
            "trades": list(trades),
            "expertise": pick(rng, phrases(trade)["expertise"]),
            "experience_years": _years(rng),
            "situation": pick(rng, SITUATIONS),
            "not_civil_servant": "no",
            "not_student": "no",
            "not_juror": "no",
            "not_former_member": "no",
            **texts,
            "themes": list(themes),
            **_practical_answers(rng, person, region=region),
        },
    )


def _strength(rng: Random, *, strong: bool, disputed: bool) -> int:
    if strong:
        return rng.randint(66, 97)
    return rng.randint(42, 50) if disputed else min(rng.randint(6, 54), rng.randint(14, 54))


def _weaker(strength: int) -> int:
    """How many of the four main texts are weak, so that reading a dossier agrees with its marks."""
    return 0 if strength >= 60 else 2 if strength >= 40 else 3 if strength >= 25 else 4


def _years(rng: Random) -> int:
    """Mostly early careers; five, the last year of the lower pay, is well represented."""
    return rng.choice((0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5, 6, 6, 7, 8, 9, 10, 12, 15, 19))


def _practical_answers(rng: Random, person: Person, *, region: str) -> dict[str, Any]:
    elsewhere = rng.sample(tuple(REGIONS), rng.choice((0, 0, 1, 2, 4)))
    remote = [
        value for value, chance in (("remote_partly", 0.6), ("remote_mostly", 0.2)) if rng.random() < chance
    ]
    available = MISSION_STARTS - timedelta(days=rng.choice((0, 0, 7, 11, 30, 73, 103)))
    answers: dict[str, Any] = {
        "mobility": [*dict.fromkeys((region, *elsewhere)), *remote],
        "availability": available.isoformat(),
        "attestation_true": True,
        "consent_notice": True,
    }
    if rng.random() < 0.25:
        answers["mobility_note"] = fill(pick(rng, common()["mobility_notes"]), gender=person.gender, words={})
    if rng.random() < 0.55:
        answers["links"] = f"https://{person.email.split('@')[0].replace('.', '-')}.example/travaux"
    if rng.random() < 0.6:
        answers["phone"] = phone(rng, mobile=True)
    if rng.random() < 0.09:
        answers["audition_needs"] = pick(rng, common()["needs"])
    return answers


@cache
def theme_labels() -> dict[str, str]:
    """The themes of the form, by code."""
    form = load_promotion("eig6").forms["application"]
    return {
        option.value: option.label
        for question in form.questions
        if question.code == "themes"
        for option in question.options
    }


def cv_sections(candidacy: Candidacy) -> tuple[CvSection, ...]:
    """What their CV says, name and school included: the redaction must find them there too."""
    person, answers = candidacy.person, candidacy.answers
    rng = seeded(f"cv/{candidacy.key}/{person.email}")
    years = candidacy.years
    first_year = date.fromisoformat(answers["availability"]).year - years
    sectors = rng.sample(list(common()["sectors"]), min(3, 1 + years // 3))
    span = max(1, years // len(sectors))
    starts = [first_year + rank * span for rank in range(len(sectors))]
    ends = [*(str(start) for start in starts[1:]), "aujourd’hui"]
    posts = [
        f"{start} – {end}\u00a0: {answers['expertise'].lower()}, {sector}"
        for start, end, sector in zip(starts, ends, sectors, strict=True)
    ]
    training = candidacy.school or "Formation continue et pratique personnelle"
    return (
        CvSection(
            person.full_name,
            (answers["expertise"], person.email, *([answers["phone"]] if "phone" in answers else [])),
        ),
        CvSection("Profil", (answers.get("skills", ""),)),
        CvSection("Parcours", tuple(reversed(posts))),
        CvSection("Formation", (training[0].upper() + training[1:], answers.get("training", ""))),
        CvSection("Centres d’intérêt", tuple(theme_labels()[code] for code in candidacy.themes)),
    )
