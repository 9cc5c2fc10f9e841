"""The algorithms from the command line, for auditors and for tests: no Django, no database.

    python -m matching [--lines] < instance.json > result.json
    python -m matching verify [--lines] INSTANCE RESULT

Exit status: 0; 1 when `verify` finds a property broken; 2 on bad input, with one sentence on standard error.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, cast

from matching.stable.reading import BadInput, Field, load_json

# Loaded by name when an instance of the kind is met: only the timetable needs more than the standard library.
SOLVERS = {
    "team": ("matching.teams.engine", "solve_team"),
    "audition": ("matching.interviews.allocation", "allocate_auditions"),
    "timetable": ("matching.interviews.timetable.solve", "plan_timetable"),
}
CHECKERS = {
    "team": ("matching.teams.checker", "check_team"),
    "audition": ("matching.interviews.allocation.checker", "check_auditions"),
    "timetable": ("matching.interviews.timetable.checker", "check_timetable"),
}


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        if options.command == "verify":
            return verify(options.instance, options.result, by_line=options.lines or options.verify_lines)
        return solve(sys.stdin.buffer, sys.stdout.buffer, by_line=options.lines)
    except BadInput as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"{error.filename or 'output'}: {error.strerror}.\n")
        return 2


def solve(source: BinaryIO, target: BinaryIO, *, by_line: bool) -> int:
    for where, text in _texts(source, by_line=by_line):
        try:
            instance = _instance(text)
            result = _done(SOLVERS, instance)
        except BadInput as refusal:
            raise BadInput(f"{where}{refusal}") from refusal
        target.write(json.dumps(result, ensure_ascii=False).encode() + b"\n")
        target.flush()
    return 0


def verify(instances: str, results: str, *, by_line: bool) -> int:
    """Print one verdict a pair; 1 as soon as one is not "ok"."""
    status = 0
    with _opened(instances) as left, _opened(results) as right:
        pairs = zip(_texts(left, by_line=by_line), _texts(right, by_line=by_line), strict=True)
        for (where, text), (_, result) in _as_many(pairs):
            try:
                instance = _instance(text)
                verdict = _done(CHECKERS, instance, load_json(result, name="result"))
            except BadInput as refusal:
                raise BadInput(f"{where}{refusal}") from refusal
            sys.stdout.write(f"{where}{verdict}\n")
            sys.stdout.flush()
            status = status or int(not verdict.ok)
    return status


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m matching", description=summary)
    parser.add_argument("--lines", action="store_true", help="one instance a line, one result a line")
    verifier = parser.add_subparsers(dest="command").add_parser("verify", help="check a result independently")
    verifier.add_argument("--lines", dest="verify_lines", action="store_true", help="one pair a line")
    verifier.add_argument("instance", metavar="INSTANCE")
    verifier.add_argument("result", metavar="RESULT")
    return parser


def _opened(path: str) -> BinaryIO:
    return sys.stdin.buffer if path == "-" else Path(path).open("rb")


def _texts(source: BinaryIO, *, by_line: bool) -> Iterator[tuple[str, bytes]]:
    """Each JSON text with the words that say where it is; empty lines are skipped."""
    if not by_line:
        yield "", source.read()
        return
    for number, line in enumerate(source, start=1):
        if line.strip():
            yield f"line {number}, ", line


Texts = tuple[tuple[str, bytes], tuple[str, bytes]]


def _as_many(pairs: Iterable[Texts]) -> Iterator[Texts]:
    try:
        yield from pairs
    except ValueError as error:
        raise BadInput("result: there are not as many results as instances.") from error


def _instance(text: bytes) -> Mapping[str, object]:
    value = load_json(text)
    Field(value).members()
    return cast(Mapping[str, object], value)


def _done(table: Mapping[str, tuple[str, str]], instance: Mapping[str, object], *given: object) -> Any:
    kind = Field(instance).get("kind").one_of(*table)
    package, function = table[kind]
    try:
        return getattr(import_module(package), function)(instance, *given)
    except ModuleNotFoundError as missing:
        raise BadInput(
            f"kind: {kind!r} needs the package {missing.name!r}, which is not installed."
        ) from missing


if __name__ == "__main__":
    sys.exit(main())
