"""Rasa runs without TensorFlow, and the list of stand-ins is complete."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import launcher
from tests.running_bot import RunningBot

BOT_FOLDER = Path(launcher.__file__).resolve().parent


def run_launcher(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, str(BOT_FOLDER / "launcher.py"), *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=180,
    )


def modules_that_import_tensorflow() -> set[str]:
    spec = importlib.util.find_spec("rasa")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    found = set()
    for path in package.rglob("*.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        names = [
            name
            for node in body
            for name in (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
        ]
        if any(name.partition(".")[0] in launcher.FORBIDDEN for name in names):
            found.add(".".join(("rasa", *path.relative_to(package).with_suffix("").parts)))
    return found


@pytest.mark.parametrize("name", sorted(launcher.FORBIDDEN))
def test_importing_tensorflow_raises(name: str) -> None:
    with pytest.raises(launcher.TensorFlowIsLeftOut):
        importlib.import_module(name)


def test_tensorflow_is_not_installed() -> None:
    finders = [
        finder for finder in sys.meta_path if not isinstance(finder, launcher.WithoutTensorFlow)
    ]
    assert not any(finder.find_spec("tensorflow", None) for finder in finders)


def test_every_module_that_imports_tensorflow_has_a_stand_in() -> None:
    found = modules_that_import_tensorflow()

    assert found
    assert found <= launcher.STAND_INS


def test_no_stand_in_hides_a_module_that_does_not_exist() -> None:
    finders = [
        finder for finder in sys.meta_path if not isinstance(finder, launcher.WithoutTensorFlow)
    ]
    for name in launcher.STAND_INS:
        parent = importlib.import_module(name.rpartition(".")[0])
        assert any(finder.find_spec(name, parent.__path__) for finder in finders), name


def test_using_a_stand_in_raises() -> None:
    module = importlib.import_module("rasa.nlu.classifiers.diet_classifier")

    with pytest.raises(launcher.TensorFlowIsLeftOut):
        module.DIETClassifier()


def test_only_the_rule_policy_of_rasa_is_usable() -> None:
    module = importlib.import_module(launcher.COMPONENTS)

    assert [each.__name__ for each in module.DEFAULT_COMPONENTS] == ["RulePolicy"]


def test_the_bot_refuses_to_start_without_a_token(model: Path) -> None:
    done = run_launcher("run", BOT_TOKEN="")

    assert done.returncode != 0
    assert "BOT_TOKEN" in done.stdout + done.stderr


def test_the_bot_says_that_a_model_is_missing() -> None:
    done = run_launcher("run", BOT_TOKEN="x" * 20, BOT_MODEL="no-such-model.tar.gz")

    assert done.returncode != 0
    assert "no trained model" in done.stderr


def test_rasa_itself_finds_nothing_wrong_with_domain_data_and_rules() -> None:
    done = run_launcher("data", "validate", "--domain", "domain", "--data", "data")

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_rasas_api_is_not_there(bot: RunningBot) -> None:
    address = bot.url.removesuffix("/webhooks/site")

    for path in (
        "/status",
        "/domain",
        "/model/parse",
        "/conversations/x/tracker",
        "/webhooks/rest",
    ):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(address + path, timeout=5)
