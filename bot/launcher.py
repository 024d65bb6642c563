"""Starts Rasa without TensorFlow: stand-ins for the modules that import it, and only our parts.

`launcher.py run` serves the site (BOT_TOKEN, BOT_PORT, BOT_MODEL); any other command goes to Rasa's
own command line: `launcher.py train …`, `launcher.py data validate …`, `launcher.py test …`.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import logging
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

BOT_FOLDER = Path(__file__).resolve().parent
DEFAULT_PORT = "8003"

# Every module of rasa 3.6.21 that imports TensorFlow. A test looks for one that is missing here.
STAND_INS = frozenset(
    {
        "rasa.core.policies.ted_policy",
        "rasa.core.policies.unexpected_intent_policy",
        "rasa.nlu.classifiers.diet_classifier",
        "rasa.nlu.featurizers.dense_featurizer.convert_featurizer",
        "rasa.nlu.featurizers.dense_featurizer.lm_featurizer",
        "rasa.nlu.selectors.response_selector",
        "rasa.utils.tensorflow.callback",
        "rasa.utils.tensorflow.crf",
        "rasa.utils.tensorflow.data_generator",
        "rasa.utils.tensorflow.environment",
        "rasa.utils.tensorflow.layers",
        "rasa.utils.tensorflow.layers_utils",
        "rasa.utils.tensorflow.metrics",
        "rasa.utils.tensorflow.models",
        "rasa.utils.tensorflow.rasa_layers",
        "rasa.utils.tensorflow.transformer",
        "rasa.utils.tensorflow.types",
    }
)
COMPONENTS = "rasa.engine.recipes.default_components"
FORBIDDEN = frozenset({"tensorflow", "keras", "tensorflow_hub", "tensorflow_text"})


class TensorFlowIsLeftOut(ImportError):
    """Something wants TensorFlow: a stand-in is missing, or the config asks for it."""


class StandIn:
    """Takes the place of a class or function nobody may use; modules only want its name."""

    def __init__(self, *_: object, **__: object) -> None:
        raise TensorFlowIsLeftOut(type(self).__name__)


def _nothing(*_: object, **__: object) -> None:
    """TensorFlow's own set-up has nothing to set up."""


class StandInModule(ModuleType):
    """Has every name that is asked of it."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _nothing if self.__name__.endswith(".environment") else type(name, (StandIn,), {})
        setattr(self, name, made)
        return made


class WithoutTensorFlow(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the stand-ins before Python finds the real modules."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] in FORBIDDEN:
            raise TensorFlowIsLeftOut(fullname)
        if fullname in STAND_INS or fullname == COMPONENTS:
            return importlib.machinery.ModuleSpec(fullname, self)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return StandInModule(spec.name) if spec.name in STAND_INS else None

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ == COMPONENTS:
            from rasa.core.policies.rule_policy import RulePolicy

            vars(module)["DEFAULT_COMPONENTS"] = [RulePolicy]


def prepare() -> None:
    """Everything that must be so before the first import of rasa."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["SANIC_WORKERS"] = "1"
    # Not to be changed from outside: at DEBUG, Rasa writes what people say.
    os.environ["LOG_LEVEL"] = os.environ["LOG_LEVEL_LIBRARIES"] = "WARNING"
    warnings.showwarning = _nothing  # the frozen packages warn about one another at every start
    import setuptools  # noqa: F401  brings back distutils, which Python 3.12 dropped

    sys.meta_path.insert(0, WithoutTensorFlow())
    sys.path.insert(0, str(BOT_FOLDER))


def serve() -> None:
    """Answers the site: on this machine only, one model file, no API, no CORS."""
    from train import model_path

    model = Path(os.environ.get("BOT_MODEL", "") or model_path())
    if not model.is_file():
        raise SystemExit(f"There is no trained model ({model.name}). Run bot/train.py first.")
    # Not through rasa's command line: that imports its trainer and its tests, a second and 20 MB.
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    serve_application(
        model_path=str(model),
        interface="127.0.0.1",
        port=int(os.environ.get("BOT_PORT", DEFAULT_PORT)),
        credentials="credentials.yml",
        endpoints=AvailableEndpoints.read_endpoints("endpoints.yml"),
        enable_api=False,
        cors=[],
    )


def main(arguments: list[str]) -> None:
    """Runs one command from the bot's folder."""
    prepare()
    os.chdir(BOT_FOLDER)
    if arguments == ["run"]:
        serve()
        return
    from rasa.__main__ import main as rasa_main

    sys.argv = ["rasa", *arguments]
    rasa_main()


if __name__ == "__main__":
    main(sys.argv[1:])
