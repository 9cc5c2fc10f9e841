"""Run manage.py with the embedded servers and the environment of a data folder."""

import os
import sys

import _services


def main() -> int:
    # The embedded database holds the demonstration; on a real one it must be asked for.
    if not os.environ.get("DATABASE_URL"):
        os.environ.setdefault("DEMO", "1")
    try:
        with _services.environment(_services.data_folder()) as (env, keep):
            return _services.run([sys.executable, "manage.py", *sys.argv[1:]], env=env, keep=keep)
    except _services.NotStarted as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
