"""Which lines and branches the tests take: counted in every process of a whole run, and held to a floor.

A tracer would slow down whatever runs by half, Django included. SlipCover writes its probes in the bytecode
of our own packages as they are imported, and nothing else pays. bin/test loads this (`-p tests.branches`)
when the whole suite runs; the settings are `[tool.slipcover]` in pyproject.toml.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slipcover import FileMatcher, ImportManager, Slipcover, merge_coverage
from slipcover.config import read_config

# Probes stay where they are: to take one away costs a walk through every function of every module.
NEVER = -1
Taken = dict[str, Any]
SETTINGS = read_config()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Before Django imports anything of ours."""
    sharing_out = early_config.known_args_namespace.numprocesses and "PYTEST_XDIST_WORKER" not in os.environ
    if not sharing_out:
        early_config.pluginmanager.register(Counting())
    if "PYTEST_XDIST_WORKER" not in os.environ:
        early_config.pluginmanager.register(Sum(), "sum of branches")
    return (yield)


class Counting:
    """What this process takes."""

    def __init__(self) -> None:
        self.probes = Slipcover(branch=True, d_miss_threshold=NEVER)
        files = FileMatcher(sources=SETTINGS["source"], omit=SETTINGS["omit"])
        ImportManager(self.probes, files).__enter__()

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        taken = self.probes.get_coverage()
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["branches"] = json.dumps(taken)
        else:
            session.config.pluginmanager.get_plugin("sum of branches").add(taken)


class Sum:
    """What all processes took together, and whether it is enough."""

    def __init__(self) -> None:
        self.taken: Taken = {}
        self.verdict = ""

    def add(self, taken: Taken) -> None:
        self.taken = merge_coverage(self.taken, taken) if self.taken else taken

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        # A process that was killed tells nothing.
        if "branches" in getattr(node, "workeroutput", {}):
            self.add(json.loads(node.workeroutput["branches"]))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if not self.taken:
            return
        self.add(_never_imported(self.taken))
        found, floor = self.taken["summary"], SETTINGS["fail-under"]
        share = found["percent_covered"]
        self.verdict = (
            f"The tests take {_share(found, 'branches')} of branches, {_share(found, 'lines')} of lines, "
            f"together {share:.1f} %, floor {floor} %"
        )
        if share < floor:
            self.verdict += ": too few"
            session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.verdict:
            terminalreporter.write_sep("-", self.verdict)


def _share(found: dict[str, int], what: str) -> str:
    taken, missing = found[f"covered_{what}"], found[f"missing_{what}"]
    return f"{100 * taken / (taken + missing):.1f} %"


def _never_imported(taken: Taken) -> Taken:
    """Files that no test so much as imported count too."""
    rest = Slipcover(branch=True, source=SETTINGS["source"], omit=SETTINGS["omit"])
    for name in taken["files"]:
        rest.code_lines[str(Path(name).resolve())] = set()
    found: Taken = rest.get_coverage()
    return found
