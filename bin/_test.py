"""Run the tests with throwaway servers, kept from one run to the next for speed."""

import os
import shutil
import sys

from _servers import NotStarted
from _services import ROOT, data_folder, run, set_up

# What the tests stand on is theirs, whatever the caller's environment says.
SETTINGS = {
    "DEBUG": "0",
    "DEMO": "0",
    "SECRET_KEY": "only for the tests, and long enough for the deployment checks to be content",
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    # Races are settled by locks, not by how busy the machine is.
    "LOCK_TIMEOUT_MS": "60000",
    "STATEMENT_TIMEOUT_MS": "120000",
    # Without hashed names: nothing has to be collected first.
    "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
# On the whole suite: the share of branches taken, against the floor of pyproject.toml.
BRANCHES = ["-p", "tests.branches"]
# One more than the two cores of the machine that counts: who waits, for a page in the browser, a server that
# starts or the other side of a race, leaves its core to another (two of them used 1.4 cores).
PROCESSES = "3"
# Part of the suite, or a run that looks for something else than the whole truth.
PARTIAL = ("tests", "-k", "-m", "--lf", "--ff", "--sw", "--co", "--pdb", "--trace", "-x")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> str:
    """The Chromium that bin/setup has seen to."""
    names = (os.environ.get("CHROMIUM", ""), *BROWSERS)
    return next(path for name in names if (path := shutil.which(name)))


def main() -> int:
    data = data_folder(default="var/test")
    arguments = sys.argv[1:]
    if not any(argument.startswith(("-n", "--numprocesses", "--pdb", "--trace")) for argument in arguments):
        arguments = ["-n", PROCESSES, *arguments]
    if not any(argument.lstrip("./").startswith(PARTIAL) for argument in arguments):
        arguments = [*BRANCHES, *arguments]
    os.environ.update(SETTINGS, CHROMIUM=browser())
    os.chdir(ROOT)
    try:
        with set_up(data, fast=True) as setup:
            # Tests make and empty databases: they own them. Those of the two accounts borrow the other one.
            setup.env["DATABASE_URL"] = setup.env.pop("DATABASE_OWNER_URL", setup.env["DATABASE_URL"])
            return run([sys.executable, "-m", "pytest", *arguments], setup)
    except NotStarted as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
