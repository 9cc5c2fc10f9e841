"""Run a command with the embedded servers and the environment of a data folder."""

import os
import shutil
import sys

from _servers import NotStarted
from _services import data_folder, run, set_up


def main() -> int:
    # The embedded database holds the demonstration; on a real one it must be asked for.
    if not os.environ.get("DATABASE_URL"):
        os.environ.setdefault("DEMO", "1")
    try:
        with set_up(data_folder()) as setup:
            if not shutil.which(sys.argv[1], path=setup.env["PATH"]):
                print(f"{sys.argv[1]}: no such command", file=sys.stderr)
                return 127
            return run(sys.argv[1:], setup)
    except NotStarted as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
