"""`python -m matching`, as an auditor types it: a bare Python, no Django."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from matching.teams.engine import solve_team
from tests.matching.markets import random_team, team

ROOT = Path(__file__).parents[2]
MARKET = team(projects={"p": ("x", 1)}, candidates={"Zoé": ("x", ["p"]), "b": ("x", ["p"])})


def run(*arguments, text=""):
    """With -I -S Python sees neither site packages nor the environment: the standard library must do."""
    code = (
        "import sys, runpy; sys.path.insert(0, sys.argv.pop(1)); "
        "runpy.run_module('matching', run_name='__main__', alter_sys=True)"
    )
    return subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", "-c", code, str(ROOT), *arguments],
        input=text.encode() if isinstance(text, str) else text,
        capture_output=True,
        check=False,
    )


def test_one_instance_in_one_result_out():
    done = run(text=json.dumps(MARKET))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == solve_team(MARKET)
    assert "Zoé" in done.stdout.decode()
    assert run(text=json.dumps(MARKET)).stdout == done.stdout


def test_one_instance_a_line():
    markets = [random_team(seed, people=12, projects=5, wishes=3, policy="enforce") for seed in range(5)]
    done = run("--lines", text="\n\n".join(json.dumps(market) for market in markets))
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert results == [solve_team(market) for market in markets]


def test_verify_accepts_and_refuses(tmp_path):
    instance, result = tmp_path / "instance.json", tmp_path / "result.json"
    instance.write_text(json.dumps(MARKET))
    result.write_text(json.dumps(solve_team(MARKET)))
    done = run("verify", str(instance), str(result))
    assert (done.returncode, done.stdout) == (0, b"ok: Every property holds.\n")
    result.write_text(json.dumps({"status": "ok", "assignment": {"b": "p"}, "closed": []}))
    done = run("verify", str(instance), str(result))
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode() == "blocking_pair: 'Zoé' prefers 'p', which would take them.\n"


def test_verify_line_by_line(tmp_path):
    instances, results = tmp_path / "instances", tmp_path / "results"
    instances.write_text(f"{json.dumps(MARKET)}\n" * 2)
    results.write_text(f"{json.dumps(solve_team(MARKET))}\n{json.dumps({'status': 'infeasible'})}\n")
    done = run("verify", "--lines", str(instances), str(results))
    assert done.returncode == 1
    assert [line.split(b":")[0] for line in done.stdout.splitlines()] == [b"line 1, ok", b"line 2, status"]
    results.write_text(json.dumps(solve_team(MARKET)))
    assert run("--lines", "verify", str(instances), str(results)).returncode == 2


def test_verify_says_which_file_is_missing(tmp_path):
    done = run("verify", str(tmp_path / "nowhere"), "-")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"nowhere: No such file or directory." in done.stderr


def change(path, value):
    """The market with one field changed, or taken away when the value is `...`."""
    market = json.loads(json.dumps(MARKET))
    place, *way = market, *path
    for step in way[:-1]:
        place = place[step]
    if value is ...:
        del place[way[-1]]
    elif isinstance(place, list) and way[-1] == "+":
        place.append(value)
    else:
        place[way[-1]] = value
    return json.dumps(market)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("instance", ""),
        ("instance", "{"),
        ("instance", "[]"),
        ("instance", "null"),
        ("instance", b"\xff\xfe{}"),
        ("instance", "[" * 100_000),
        ("schema", change(["schema"], ...)),
        ("schema", change(["schema"], "eig-matching/2")),
        ("kind", change(["kind"], ...)),
        ("kind", change(["kind"], "teams")),
        ("kind", change(["kind"], ["team"])),
        ("candidates", change(["candidates"], ...)),
        ("candidates", change(["candidates"], {})),
        ("candidates[0]", change(["candidates", 0], "a")),
        ("candidates[0].id", change(["candidates", 0, "id"], 1)),
        ("candidates[1].id", change(["candidates", 1, "id"], "Zoé")),
        ("candidates[0].id", change(["candidates", 0, "id"], "\ud800")),
        ("candidates[0].jobs", change(["candidates", 0, "jobs"], ...)),
        ("candidates[0].jobs[0]", change(["candidates", 0, "jobs", 0], 3)),
        ("candidates[1].ranks", change(["candidates", 1, "ranks"], "p")),
        ("candidates[1].ranks[0]", change(["candidates", 1, "ranks", 0], {})),
        ("projects", change(["projects"], ...)),
        ("projects[0].id", change(["projects", 0, "id"], ...)),
        ("projects[1].id", change(["projects", "+"], {"id": "p", "slots": [], "min_size": 1})),
        ("projects[0].slots", change(["projects", 0, "slots"], ...)),
        ("projects[0].slots[0].job", change(["projects", 0, "slots", 0, "job"], ...)),
        ("projects[0].slots[0].count", change(["projects", 0, "slots", 0, "count"], -1)),
        ("projects[0].slots[0].count", change(["projects", 0, "slots", 0, "count"], 1.0)),
        ("projects[0].min_size", change(["projects", 0, "min_size"], "2")),
        ("projects[0].min_size", change(["projects", 0, "min_size"], -1)),
        ("scores", change(["scores"], ...)),
        ("scores[0]", change(["scores", 0], ["b", "p"])),
        ("scores[0][2]", change(["scores", 0, 2], True)),
        ("scores[0][2]", change(["scores", 0, 2], 12.5)),
        ("scores[0][2]", change(["scores", 0, 2], "12")),
        ("scores[0][2]", change(["scores", 0, 2], float("nan"))),
        ("scores[2]", change(["scores", "+"], ["b", "p", 7])),
        ("lottery", change(["lottery"], ...)),
        ("lottery", change(["lottery"], ["b"])),
        ("lottery[2]", change(["lottery", "+"], "b")),
        ("project_lottery", change(["project_lottery"], 7)),
        ("forbid[0]", change(["forbid", "+"], ["b"])),
        ("pin[0]", change(["pin", "+"], ["b", "ghost"])),
        ("pin[0]", change(["pin", "+"], ["ghost", "p"])),
        ("policy.min_size", change(["policy", "min_size"], "maybe")),
        ("policy", change(["policy"], "enforce")),
        ("kind", json.dumps(MARKET)[:-1] + ', "kind": "team"}'),
    ],
)
def test_bad_input_gets_one_sentence_that_names_the_field(field, text):
    done = run(text=text)
    assert (done.returncode, done.stdout) == (2, b"")
    sentence = done.stderr.decode()
    assert sentence.startswith(f"{field}: "), sentence
    assert sentence.endswith(".\n")
    assert sentence.count("\n") == 1


def test_a_partial_draw_of_projects_is_refused_when_it_decides():
    market = MARKET | {"project_lottery": [], "policy": {"min_size": "enforce"}}
    assert run(text=json.dumps(market)).stderr == b"project_lottery: 'p' is not drawn.\n"


def test_a_bad_line_is_numbered():
    done = run("--lines", text=json.dumps(MARKET) + "\n{}\n")
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == b"line 2, kind: this field is missing.\n"


def test_the_other_kinds_are_served_and_say_what_they_lack():
    auditions = {
        "schema": "eig-matching/1",
        "kind": "audition",
        "candidates": [{"id": "a", "jobs": ["x"], "ranks": ["p"], "dossier": 3}],
        "projects": [{"id": "p", "slots": [{"job": "x", "count": 1}]}],
        "auditions_per_place": 2,
        "min_auditions_per_place": 1,
        "max_auditions": 1,
        "lottery": ["a"],
    }
    done = run(text=json.dumps(auditions))
    assert json.loads(done.stdout) == {"first": {"a": "p"}, "fallback": {}, "second": {}}
    lacking = run(text=json.dumps({"schema": "eig-matching/1", "kind": "timetable"}))
    assert lacking.returncode == 2
    assert lacking.stderr == b"kind: 'timetable' needs the package 'ortools', which is not installed.\n"


def test_an_unknown_argument_is_refused():
    assert run("--colour").returncode == 2
