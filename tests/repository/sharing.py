"""The world, made once for all the processes of a run: its records, its files, its browsers signed in."""

import shutil
from functools import partial
from pathlib import Path

from django.conf import settings

from tests.databases import made_once
from tests.repository.visiting import Visits
from tests.repository.world import World, build


def shared_world(shared: Path) -> tuple[str, World]:
    """The name of a database to clone, and what was put in it; the files of its records come too."""
    files = shared / "files"
    made = made_once("world", shared=shared, fill=partial(_build, files))
    shutil.copytree(files, settings.PRIVATE_ROOT, dirs_exist_ok=True)
    return made


def _build(files: Path) -> World:
    before = set(settings.PRIVATE_ROOT.rglob("*"))
    world = build()
    for path in set(settings.PRIVATE_ROOT.rglob("*")) - before:
        if path.is_file():
            copy = files / path.relative_to(settings.PRIVATE_ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    Visits(world).sign_everybody_in()
    return world
