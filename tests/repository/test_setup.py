"""The files that install, deploy and describe the application agree with it and with each other."""

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted(
    path for path in [*(ROOT / "bin").iterdir(), ROOT / ".ci" / "run"] if path.is_file() and not path.suffix
)
# Below these versions lies a known hole. Never lower one.
SECURITY_FLOORS = {
    "django": "5.2.17",
    "django-allauth": "65.19.4",
    "weasyprint": "70.0",
    "pillow": "12.3.0",
    "celery": "5.2.2",
    "redis": "4.5.4",
    "gunicorn": "22.0",
}


def read(path: str) -> str:
    return (ROOT / path).read_text()


def project() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))


def pinned(path: str) -> dict[str, set[Version]]:
    """The versions of each package in a lock; two when they depend on the version of Python."""
    found: dict[str, set[Version]] = {}
    for name, version in re.findall(r"^([a-z0-9.-]+)==(\S+)", read(path), re.MULTILINE):
        found.setdefault(name, set()).add(Version(version))
    return found


# --- Requirements -----------------------------------------------------------------------------------


def test_every_dependency_is_locked_at_a_version_it_accepts() -> None:
    app, dev = pinned("requirements/app.txt"), pinned("requirements/dev.txt")
    declared = [(app, line) for line in project()["project"]["dependencies"]]
    declared += [(dev, line) for line in project()["dependency-groups"]["dev"]]
    for lock, line in declared:
        wish = Requirement(line)
        assert wish.name in lock, f"{wish.name} is not locked: bin/lock"
        assert all(version in wish.specifier for version in lock[wish.name]), f"{line}: bin/lock"


def test_the_list_of_what_is_shipped_is_the_lock() -> None:
    made = subprocess.run([ROOT / "bin" / "shipped"], capture_output=True, check=True, text=True).stdout
    listed = {(each["name"], Version(each["version"])) for each in json.loads(made)["components"]}
    locked = pinned("requirements/app.txt")
    assert listed == {(name, version) for name, versions in locked.items() for version in versions}
    # Programs that read hostile files as nobody would today.
    assert re.findall(r"ghostscript|imagemagick|graphicsmagick|\bgs\b|\bconvert\b", read("Dockerfile")) == []


def test_development_installs_what_production_does() -> None:
    app, dev = pinned("requirements/app.txt"), pinned("requirements/dev.txt")
    assert {name: dev.get(name) for name in app} == app


@pytest.mark.parametrize("path", ["requirements/app.txt", "requirements/dev.txt"])
def test_every_locked_package_has_hashes_and_no_address(path: str) -> None:
    text = read(path)
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?://|file:|^-", text, re.MULTILINE)


@pytest.mark.parametrize(("name", "floor"), SECURITY_FLOORS.items())
def test_no_package_below_its_security_floor(name: str, floor: str) -> None:
    assert all(version >= Version(floor) for version in pinned("requirements/app.txt")[name])


def test_every_dependency_says_why_it_is_there() -> None:
    lines = re.findall(r'^    "[a-z][a-z0-9\[\],-]+[<>=].*$', read("pyproject.toml"), re.MULTILINE)
    groups = project()["project"]["dependencies"], project()["dependency-groups"]["dev"]
    assert len(lines) == sum(map(len, groups))
    assert [line for line in lines if not re.search(r",\s+# \S", line)] == []


# --- Environment ------------------------------------------------------------------------------------


def variables_of_the_settings() -> set[str]:
    """The first argument of every call of `env` or `env.<type>` in the settings."""
    calls = (node for node in ast.walk(ast.parse(read("eig/settings.py"))) if isinstance(node, ast.Call))
    found: set[str] = set()
    for call in calls:
        source = call.func.value if isinstance(call.func, ast.Attribute) else call.func
        if isinstance(source, ast.Name) and source.id == "env" and call.args:
            assert isinstance(call.args[0], ast.Constant)
            found.add(call.args[0].value)
    return found


def variables_of(path: str) -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", read(path)))


def test_the_example_of_environment_is_complete_and_nothing_more() -> None:
    example = re.findall(r"^(?:# )?([A-Z_]+)=", read(".env.example"), re.MULTILINE)
    assert sorted(example) == sorted(variables_of_the_settings() | variables_of("docker-compose.yml"))


def test_operations_explain_every_variable() -> None:
    explained = set(re.findall(r"`([A-Z][A-Z_]+)`", read("docs/operations.md")))
    read_somewhere = (
        variables_of_the_settings() | variables_of("docker-compose.yml") | variables_of("Procfile")
    )
    assert read_somewhere <= explained


def test_the_environment_is_read_in_the_settings_alone() -> None:
    apps = ("eig", "projects", "candidates", "matching", "cohorts", "journey", "privacy", "rehearsal", "demo")
    sources = (path.read_text() for app in apps for path in (ROOT / app).rglob("*.py"))
    calls = r"""os\.(?:environ(?:\.get|\.setdefault)?|getenv)[\[(]["']([A-Z_]+)"""
    names = {name for source in sources for name in re.findall(calls, source)}
    # What names the settings themselves, and what is handed to child processes.
    assert names <= {"DJANGO_SETTINGS_MODULE", "PATH", "HOME"}


# --- Deployment -------------------------------------------------------------------------------------


@pytest.fixture
def compose() -> dict[str, Any]:
    composition: dict[str, Any] = yaml.safe_load(read("docker-compose.yml"))
    return composition


def test_compose_runs_every_process(compose: dict[str, Any]) -> None:
    processes = set(re.findall(r"^([a-z]+):", read("Procfile"), re.MULTILINE)) - {"release"}
    assert processes == {"web", "mailer", "worker", "press", "checker", "planner", "beat"}
    assert set(compose["services"]) == processes | {"proxy", "migrate", "database", "redis"}
    assert set(compose["volumes"]) == {"data", "database", "redis"}


def test_only_the_proxy_is_open_to_the_world(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]


def test_compose_keeps_what_was_acknowledged(compose: dict[str, Any]) -> None:
    database, redis = (" ".join(compose["services"][name]["command"]) for name in ("database", "redis"))
    assert "fsync=on" in database
    assert "synchronous_commit=on" in database
    assert "--appendonly yes" in redis
    assert "noeviction" in redis


def test_compose_hides_no_password_and_switches_no_demonstration_on(compose: dict[str, Any]) -> None:
    assert "DEMO" not in read("docker-compose.yml")
    assert "DEBUG" not in read("docker-compose.yml")
    for name in ("web", "mailer", "worker", "press", "checker", "planner", "beat", "migrate"):
        service = compose["services"][name]
        environment = service["environment"]
        # An account that owns nothing; the owner's password is the migrations' alone.
        assert environment["DATABASE_URL"].startswith("postgres://eig_app:${DATABASE_APP_PASSWORD:?}@")
        assert environment["POSTGRES_PASSWORD"] == ""
        assert ("DATABASE_OWNER_URL" in environment) is (name == "migrate")
        assert service["cap_drop"] == ["ALL"]
        assert service["read_only"] is True


def test_the_image_is_made_of_folders_that_exist() -> None:
    kept = [line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")]
    assert [path for path in kept if not (ROOT / path).exists()] == []
    apps = {
        app.split(".")[0] for app in re.findall(r'^    "([a-z.]+)",$', read("eig/settings.py"), re.MULTILINE)
    }
    ours = {app for app in apps if (ROOT / app).is_dir()}
    assert ours <= set(kept)


def test_the_image_runs_as_an_ordinary_user() -> None:
    assert re.findall(r"^USER (\w+)$", read("Dockerfile"), re.MULTILINE) == ["eig"]
    assert "requirements/dev.txt" not in read("Dockerfile")


def test_publiccode_says_what_the_catalogue_of_the_state_asks() -> None:
    card = yaml.safe_load(read("publiccode.yml"))
    asked = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"}
    asked |= {"description", "legal", "maintenance", "localisation"}
    assert asked <= set(card)
    assert card["legal"]["license"] == "MIT"
    assert len(card["description"]["fr"]["shortDescription"]) <= 150
    assert 150 <= len(card["description"]["fr"]["longDescription"]) <= 10_000


# --- Scripts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_is_executable_and_well_formed(script: Path) -> None:
    assert script.stat().st_mode & 0o111 == 0o111
    assert script.read_text().startswith("#!/usr/bin/env bash\n")
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


def test_setup_is_quick_when_done() -> None:
    assert subprocess.run([ROOT / "bin" / "setup"], check=True, capture_output=True, timeout=5).stderr == b""


def test_the_image_has_the_letters_that_the_set_up_installs() -> None:
    [said] = re.findall(r'packages="(fontconfig [^"]+)"', read("bin/setup"))
    for package in said.split():
        assert package in read("Dockerfile"), package
        assert package in read("docs/operations.md"), package
