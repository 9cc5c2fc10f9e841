"""The emergency tool: hidden from everybody here (superusers: tests/eig/test_emergency.py)."""

from collections.abc import Mapping

from journey.admin import SHOWN
from privacy.models import Erasure
from tests.repository.doors import Way, charter, way
from tests.repository.world import World

NAMES = [f"{model._meta.app_label}_{model._meta.model_name}" for model in (*SHOWN, Erasure)]
PAGES = ["index", "app_list", *(f"{name}_{page}" for name in NAMES for page in ("changelist", "change"))]
DOORS = charter("\n".join(f"{page} GET nobody" for page in PAGES), app="emergency")


def ways(world: World) -> Mapping[str, Way]:
    rows = {f"{name}_change": way(object_id="1") for name in NAMES}
    return {"app_list": way(app_label="accounts"), **rows}
