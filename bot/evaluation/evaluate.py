"""Measures the bot's understanding on a folder of sets, one YAML file per language.

`bot/.venv/bin/python bot/evaluation/evaluate.py SET_FOLDER [--report FILE.json] [--page FILE.md]`
Each file is a list of {text, intent, accept: [intents that are right as well]}.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

BOT_FOLDER = Path(__file__).resolve().parent.parent
PROJECT = BOT_FOLDER.parent
sys.path.insert(0, str(BOT_FOLDER))
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

from components.classifier_files import MODEL_FILE, weights_folder  # noqa: E402
from components.dialogue import Dialogue  # noqa: E402
from components.embeddings import embedder_from  # noqa: E402
from components.folding import folded  # noqa: E402
from components.intent_model import IntentModel  # noqa: E402
from components.ngrams import Ngrams  # noqa: E402
from components.phrases import Phrases  # noqa: E402
from components.turns import Thresholds  # noqa: E402
from components.vocabulary import INTENTS, TOPICS  # noqa: E402
from evaluation.measures import (  # noqa: E402
    Example,
    Outcome,
    by_intent,
    calibration,
    figures,
    outcomes_of,
)
from evaluation.page import page_of  # noqa: E402
from train import model_path, train  # noqa: E402

NEAR_COPY = 0.9
# The bars of the product; what is below them is said, and shown in the page.
BARS = {
    "right": (0.90, "least"),
    "among_three": (0.97, "least"),
    "danger_caught": (0.99, "least"),
    "danger_needless": (0.06, "most"),
    "out_of_scope_kept": (0.92, "least"),
    "wrong_direct": (0.03, "most"),
}
SITE_LISTS = """
import json, sys
from pathlib import Path
from help_site.danger import load_danger_words
words = load_danger_words(Path("content/danger"))
print(json.dumps([words.seen_in(text) is not None for text in json.load(sys.stdin)]))
"""


def main() -> int:
    """Exit code 0 when the sets could be measured, whatever the figures say."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("sets", type=Path, help="folder with <language>.yaml files")
    reader.add_argument("--report", type=Path, help="write the figures here as JSON")
    reader.add_argument("--page", type=Path, help="write the page here as Markdown")
    reader.add_argument("--ngrams", action="store_true", help="without the sentence model")
    given = reader.parse_args()
    sets = {path.stem: examples_in(path) for path in sorted(given.sets.glob("*.yaml"))}
    if not any(sets.values()):
        print(f"There are no examples in {given.sets}.")
        return 1
    report = measured(sets, trained_model(given.ngrams))
    if given.report:
        given.report.parent.mkdir(parents=True, exist_ok=True)
        given.report.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if given.page:
        given.page.write_text(page_of(report), "utf-8")
    print(page_of(report))
    return 0


def examples_in(path: Path) -> list[Example]:
    """Raises ValueError for an intent that does not exist: a typing error would lower a figure."""
    examples = []
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
        accept = frozenset({entry["intent"], *(entry.get("accept") or [])})
        if not accept <= INTENTS:
            raise ValueError(f"{path.name}: no such intent: {sorted(accept - INTENTS)}")
        examples.append(Example(str(entry["text"]), entry["intent"], accept))
    return examples


def trained_model(ngrams_only: bool = False) -> IntentModel:
    """The model of the present inputs, trained first when it is not there."""
    if not model_path().is_file():
        import launcher

        launcher.prepare()
        os.chdir(BOT_FOLDER)
        train()
    embedder = None if ngrams_only else embedder_from(weights_folder())
    with tempfile.TemporaryDirectory() as folder, tarfile.open(model_path()) as archive:
        member = next(each for each in archive if each.name.endswith(f"/{MODEL_FILE}"))
        archive.extract(member, folder, filter="data")
        return IntentModel.load(Path(folder) / member.name, embedder)


def measured(sets: Mapping[str, Sequence[Example]], model: IntentModel) -> dict[str, Any]:
    """Figures per language and over all; languages without training data stand apart."""
    thresholds = yaml.safe_load((BOT_FOLDER / "thresholds.yml").read_text(encoding="utf-8"))
    phrases = Phrases.load(BOT_FOLDER / "phrases")
    dialogue = Dialogue(Thresholds(**thresholds), phrases, TOPICS)
    listed = site_lists([each.text for examples in sets.values() for each in examples])
    training = training_texts()
    outcomes = {
        language: outcomes_of(examples, language, model, dialogue, listed)
        for language, examples in sets.items()
    }
    known = [each for language in outcomes if language in training for each in outcomes[language]]
    other = [
        each for language in outcomes if language not in training for each in outcomes[language]
    ]
    return {
        "understanding": model.understanding,
        "thresholds": thresholds,
        "languages": {language: figures(held) for language, held in outcomes.items()},
        "trained": figures(known) if known else None,
        "untrained": figures(other) if other else None,
        "bars": BARS,
        "direct_thresholds": direct_thresholds(known, thresholds, phrases),
        "intents": by_intent(known),
        "calibration": calibration(known),
        "near_copies": near_copies(sets, [text for texts in training.values() for text in texts]),
    }


def direct_thresholds(
    outcomes: Sequence[Outcome], thresholds: Mapping[str, float], phrases: Phrases
) -> list[dict[str, Any]]:
    """What another threshold for a direct answer would give."""
    rows = []
    for direct in (0.4, 0.5, 0.6, 0.7, 0.8):
        other = Dialogue(Thresholds(**{**thresholds, "direct": direct}), phrases, TOPICS)
        held = [_again(each, other) for each in outcomes]
        found = figures(held)
        wanted = ("answered_directly", "wrong_direct", "out_of_scope_kept")
        rows.append({"direct": direct, **{name: found[name] for name in wanted}})
    return rows


def _again(outcome: Outcome, dialogue: Dialogue) -> Outcome:
    from components.turns import Heard, Memory

    heard = Heard(text=outcome.example.text, ranking=outcome.ranking)
    answers = dialogue.turn(heard, Memory()).answers
    return Outcome(outcome.example, outcome.ranking, answers, outcome.listed)


def site_lists(texts: Sequence[str]) -> Callable[[str], bool]:
    """Which texts the site's own word lists see, asked of the site's own code."""
    python = os.environ.get("PROJECT_PYTHON", str(PROJECT / ".venv" / "bin" / "python"))
    variables = {**os.environ, "PYTHONPATH": str(PROJECT / "site")}
    try:
        done = subprocess.run(
            [python, "-c", SITE_LISTS],
            input=json.dumps(texts),
            cwd=PROJECT,
            env=variables,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        print("The site's environment is not there: its word lists of danger do not count here.")
        return lambda text: False
    seen = dict(zip(texts, json.loads(done.stdout), strict=True))
    return seen.__getitem__


def training_texts() -> dict[str, list[str]]:
    """The training examples by language."""
    texts: dict[str, list[str]] = {}
    for path in sorted((BOT_FOLDER / "data" / "nlu").rglob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = entry["examples"].splitlines()
            texts.setdefault(path.stem, []).extend(line.removeprefix("- ") for line in lines)
    return texts


def near_copies(
    sets: Mapping[str, Sequence[Example]], training: Sequence[str]
) -> list[dict[str, str]]:
    """Messages of the sets that stand in the training data too, or nearly: they prove nothing."""
    ngrams = Ngrams.learn(training)
    rows = ngrams.rows(training)
    exact = {folded(text) for text in training}
    found = []
    for language, examples in sets.items():
        likeness = (ngrams.rows([each.text for each in examples]) @ rows.T).tocsr()
        for place, each in enumerate(examples):
            row = likeness.getrow(place)
            nearest = int(row.indices[row.data.argmax()]) if row.nnz else 0
            near = row.nnz and row.data.max() >= NEAR_COPY
            if folded(each.text) in exact or near:
                found.append({"language": language, "text": each.text, "near": training[nearest]})
    return found


if __name__ == "__main__":
    sys.exit(main())
