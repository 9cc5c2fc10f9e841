#!/usr/bin/env bash
# OR-Tools 9.15: after one CP-SAT solve, Ctrl-C kills Python without KeyboardInterrupt and without `finally`,
# while signal.getsignal() still names Python's own handler. A worker that solves timetables loses its clean stop.
# `parameters.catch_sigint_signal = False` leaves the handler alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ortools==9.15.6755
cat >"$folder/solve.py" <<'PY'
import os
import signal
import sys
import time

from ortools.sat.python import cp_model

model = cp_model.CpModel()
model.maximize(model.new_int_var(0, 3, "x"))
solver = cp_model.CpSolver()
if sys.argv[1] == "catch off":
    solver.parameters.catch_sigint_signal = False
if sys.argv[1] != "no solve":
    assert solver.solve(model) == cp_model.OPTIMAL
ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
print("Python's handler" if ours else "another handler", end=", ", flush=True)
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(2)
    print("nothing happened")
except KeyboardInterrupt:
    print("KeyboardInterrupt")
finally:
    print("finally", flush=True)
PY
"$folder/venv/bin/python" - "$folder/solve.py" <<'PY'
import subprocess
import sys
from importlib.metadata import version

expected = {
    "no solve": (0, "Python's handler, KeyboardInterrupt\nfinally\n"),
    "default": (-2, "Python's handler, "),
    "catch off": (0, "Python's handler, KeyboardInterrupt\nfinally\n"),
}
print("ortools", version("ortools"))
for how, (code, said) in expected.items():
    done = subprocess.run([sys.executable, sys.argv[1], how], capture_output=True, text=True, check=False)
    print(f"{how}: exit {done.returncode}, printed {done.stdout!r}")
    assert (done.returncode, done.stdout) == (code, said), f"changed: expected {code}, {said!r}"
PY
