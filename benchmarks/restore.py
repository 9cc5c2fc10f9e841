"""A backup is taken, restored in a second server, and compared; then spoilt in many ways, each of them seen.

    bin/run python benchmarks/restore.py [--spoilt 60]

What docs/operations.md says to do, with the same commands, on the data that bin/run serves. The second server
is an embedded one of its own, in a temporary folder. What must hold: every table has the same rows (counted,
and summed by their content), every document the same bytes, the journal ends where it did and is whole, its
account may not rewrite it; a byte changed, a file missing, cut, or in another's place is seen before anything
is restored. Times depend on the machine.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bin"))
SUMS = "SHA256SUMS"


def run(*command: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:3])}: {done.stdout[-500:]} {done.stderr[-2000:]}")
    return done.stdout


def rows(line: psycopg.Connection[tuple[Any, ...]]) -> dict[str, object]:
    """Of each table, how many rows and the sum of what they hold, whatever their order."""
    tables = line.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'diversity')"
    ).fetchall()
    return {
        f"{schema}.{table}": line.execute(
            sql.SQL("SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM {} t").format(
                sql.Identifier(schema, table)
            )
        ).fetchone()
        for schema, table in tables
    }


def taken(desk: Path) -> dict[str, object]:
    """The database, the documents and the logs that outlive a restore; then the sums of all of them."""
    owner = os.environ["DATABASE_OWNER_URL"]
    with psycopg.connect(owner) as line:
        line.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        [snapshot] = line.execute("SELECT pg_export_snapshot()").fetchone()  # type: ignore[misc]
        dump = f"--file={desk / 'eig.dump'}"
        run("pg_dump", "--format=custom", f"--snapshot={snapshot}", dump, owner)
        there = rows(line)
    data = Path(os.environ["EIG_DATA"])
    shutil.copytree(data / "private", desk / "private")
    for name in ("erasures.log", "journal-heads.log"):
        if (data / name).exists():
            shutil.copy(data / name, desk / name)
    (desk / SUMS).write_text(
        run("sh", "-c", "find . -type f ! -name SHA256SUMS -exec sha256sum {} +", cwd=desk)
    )
    return there


def is_whole(desk: Path) -> bool:
    """`sha256sum --check`, and nothing that the sums do not name."""
    checked = subprocess.run(
        ["sha256sum", "--check", "--status", SUMS], cwd=desk, capture_output=True, check=False
    )
    return checked.returncode == 0


def spoilt(desk: Path) -> str:
    """One thing goes wrong, somewhere."""
    files = sorted(path for path in desk.rglob("*") if path.is_file() and path.stat().st_size)
    path = random.choice(files)
    other = random.choice([each for each in files if each.read_bytes() != path.read_bytes()])
    how = random.choice(("byte", "missing", "cut", "another's place"))
    held = bytearray(path.read_bytes())
    if how == "byte":
        held[random.randrange(len(held))] ^= 1 << random.randrange(8)
        path.write_bytes(held)
    elif how == "missing":
        path.unlink()
    elif how == "cut":
        path.write_bytes(held[: random.randrange(len(held))])
    else:
        path.write_bytes(other.read_bytes())
    return f"{how}: {path.relative_to(desk)}"


def unseen(desk: Path, times: int) -> list[str]:
    missed = []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "backup"
            shutil.copytree(desk, copy)
            what = spoilt(copy)
            if is_whole(copy):
                missed.append(f"not seen: {what}")
    return missed


def restored(desk: Path, folder: Path, before: dict[str, object]) -> list[str]:
    from _services import set_up

    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name)
    faults = []
    with set_up(folder) as second:
        owner = second.env["DATABASE_OWNER_URL"]
        run("pg_restore", "--exit-on-error", "--no-privileges", f"--dbname={owner}", str(desk / "eig.dump"))
        with psycopg.connect(owner) as line:
            after = rows(line)
        faults += [
            f"{table}: {before[table]} → {after.get(table)}"
            for table in before
            if before[table] != after.get(table)
        ]
        shutil.copytree(desk / "private", folder / "private", dirs_exist_ok=True)
        if (desk / "journal-heads.log").exists():
            shutil.copy(desk / "journal-heads.log", folder)
        run(sys.executable, "manage.py", "migrate", "--noinput", env=second.env)
        env = {key: value for key, value in second.env.items() if key != "DATABASE_OWNER_URL"}
        print(run(sys.executable, "manage.py", "verify_journal", env=env).strip())
        with psycopg.connect(second.env["DATABASE_URL"]) as line:
            try:
                line.execute("UPDATE journal_entry SET verb = 'x'")
                faults.append("the application may rewrite the journal")
            except psycopg.errors.InsufficientPrivilege:
                pass
    shutil.copy(desk / SUMS, folder)
    wrong = subprocess.run(
        f"grep ' ./private/' {SUMS} | sha256sum --check --quiet", shell=True, cwd=folder, check=False
    )
    return faults + (["a document is not what it was"] if wrong.returncode else [])


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--spoilt", type=int, default=60)
    times = asked.parse_args().spoilt
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "backup"
        desk.mkdir()
        started = time.monotonic()
        before = taken(desk)
        size = sum(path.stat().st_size for path in desk.rglob("*") if path.is_file()) / 1e6
        print(f"taken      {size:.1f} MB, {len(before)} tables, {time.monotonic() - started:.0f} s")
        if not is_whole(desk):
            raise SystemExit("what was just taken is not whole")
        faults = unseen(desk, times)
        print(f"spoilt     {times} times, {times - len(faults)} seen")
        started = time.monotonic()
        faults += restored(desk, Path(folder) / "second", before)
        print(f"restored   {time.monotonic() - started:.0f} s")
    if faults:
        raise SystemExit("\n".join(faults[:20]))


if __name__ == "__main__":
    main()
