"""What bin/unused.py calls dead, in a small tree."""

from pathlib import Path

import pytest
import unused

FILES = {
    "eig/rules.py": "def asked(): ...\ndef forgotten(): ...\ndef shown(): ...\ndef passed_on(): ...\n",
    "eig/__init__.py": '"""The ground."""\n\nfrom eig.rules import passed_on\n',
    "eig/views.py": "from eig.rules import asked\n\nasked()\n",
    "eig/forms.py": "class Form:\n    def clean_name(self): ...\n\n\nForm()\n",
    "eig/migrations/0001_first.py": "def forgotten_by_all(): ...\n",
    "templates/page.html": "{{ thing.shown }}",
    "tests/test_rules.py": "from eig.rules import forgotten\n\nforgotten()\n",
}


def test_what_only_tests_call_or_a_package_passes_on_is_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(unused, "ROOT", tmp_path)
    assert list(unused.unused()) == [
        "eig/rules.py:2: unused function forgotten",
        "eig/rules.py:4: unused function passed_on",
    ]
