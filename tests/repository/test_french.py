"""French, as people read it: every page of the sweep and every print. Letters are read in `test_emails`."""

import re
from collections import defaultdict

from django.template.loader import render_to_string

from eig.documents.models import Print
from eig.documents.printing import builders
from eig.french.spaces import spaced_html
from tests.french import page_faults
from tests.repository.test_dates import PYTHON, ROOT, TEMPLATES
from tests.repository.visiting import Visits
from tests.repository.world import World


def test_every_page_reads_as_french(visits: Visits) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for visit in visits.all():
        if visit.is_html and visit.body.strip():
            for fault in page_faults(visit.body):
                found[fault].add(visit.door.name)
    assert [f"{fault} {sorted(doors)[:3]}" for fault, doors in sorted(found.items())] == []


def test_every_print_reads_as_french(world: World) -> None:
    prints = Print.objects.order_by("kind", "pk")
    assert set(builders) - {row.kind for row in prints} == set()
    broken = []
    for row in prints:
        order = builders[row.kind](row.subject_id, lambda _: None)
        page = spaced_html(render_to_string(order.template, dict(order.context)))
        broken += [f"{row.kind}: {fault}" for fault in page_faults(page)]
    assert broken == []


# A place holder that stands for a name, after « de »: it may begin with a vowel.
NAMED = re.compile(
    r"\b[Dd]e \{+ ?[\w.]*"
    r"\b(?:person|juror|reader|candidate|member|adviser|author|by|lead|promotion(?:\.name)?)"
    r"(?:\.(?:first|full|get_full)_name)? ?\}"
)


def test_de_before_a_name_is_elided_by_its_filter() -> None:
    assert NAMED.search("Mission de {{ row.person }}")
    assert NAMED.search('f"Le départ de {member.person} est noté."')
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in [*PYTHON, *TEMPLATES]
        if path.parts[-2] != "models"
        for match in NAMED.finditer(path.read_text())
    ]
    assert found == []
