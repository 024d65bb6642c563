"""The weights are read right, whatever text comes; a damaged file is noticed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from components import embeddings
from components.classifier_files import weights_folder
from components.embeddings import (
    LAYERS_NAME,
    PINNED,
    WEIGHTS_NAME,
    OnnxEmbedder,
    embedder_from,
    weights_fingerprint,
)
from components.tokenizer import MAX_CHARACTERS, normalized
from components.weights_file import BadWeightsFile, WeightsFile

pytestmark = pytest.mark.skipif(
    weights_fingerprint(weights_folder()) == "none", reason="bot/set_up.py has fetched no weights"
)


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    return OnnxEmbedder(weights_folder())


def test_the_vectors_are_those_of_the_model(embedder: OnnxEmbedder) -> None:
    vectors = embedder.embed(list(PINNED))[:, -1, :6]

    assert np.abs(vectors - np.array(list(PINNED.values()))).max() < embeddings.PINNED_TOLERANCE


def test_every_block_is_a_unit_vector(embedder: OnnxEmbedder) -> None:
    vectors = embedder.embed(["Ik heb hulp nodig", "help"])

    assert vectors.shape == (2, len(embeddings.READ_LAYERS), 384)
    assert np.allclose(np.linalg.norm(vectors, axis=2), 1, atol=1e-4)


def test_a_text_has_the_same_vector_alone_and_among_others(embedder: OnnxEmbedder) -> None:
    texts = ["hulp", "mijn baas heeft mijn paspoort en ik mag niet weg", "أين أنام", "我想回家"]
    together = embedder.embed(texts)
    alone = np.concatenate([embedder.embed([text]) for text in texts])

    assert (together * alone).sum(2).min() > 0.999


def test_the_same_meaning_in_another_language_is_nearer_than_another_meaning(
    embedder: OnnxEmbedder,
) -> None:
    passport, same, other = embedder.embed(
        ["Mijn baas heeft mijn paspoort", "صاحب العمل أخذ جواز سفري", "Wat eten we vanavond?"]
    )[:, -1]

    assert passport @ same > passport @ other


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ﷺ" * 3000,
        "\ud800",
        "\0",
        "a\0b",
        "👩‍👩‍👧" * 500,
        "x" * 100_000,
        "\u0300" * 5000,
        "\U0010ffff" * 10,
        " " * 1000,
        "\u2581" * 50,
    ],
)
def test_no_text_breaks_it(embedder: OnnxEmbedder, text: str) -> None:
    vectors = embedder.embed([text])

    assert np.isfinite(vectors).all()


def test_a_ligature_of_eighteen_letters_is_cut_after_it_is_written_out() -> None:
    assert len(normalized("ﷺ" * 3000)) == MAX_CHARACTERS


def test_accents_are_kept_for_the_sentence_model() -> None:
    assert normalized("không có chỗ ngủ") == "không có chỗ ngủ"


def test_without_weights_there_is_no_embedder(tmp_path: Path) -> None:
    assert embedder_from(tmp_path) is None
    assert weights_fingerprint(tmp_path) == "none"


@pytest.mark.parametrize("damage", [b"", b"E5S1", b"E5S1" + b"\0" * 60, b"nonsense" * 100])
def test_a_damaged_file_is_not_read(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / WEIGHTS_NAME
    path.write_bytes(damage)

    with pytest.raises(BadWeightsFile):
        WeightsFile(path)


def test_damaged_layers_are_not_run(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS_NAME).symlink_to(weights_folder() / WEIGHTS_NAME)
    (tmp_path / LAYERS_NAME).write_bytes(b"nonsense")

    with pytest.raises(BadWeightsFile):
        embedder_from(tmp_path)


def test_another_models_vectors_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings, "PINNED", {"hulp": (0.5, 0.5, 0.5)})

    with pytest.raises(BadWeightsFile):
        embedder_from(weights_folder())
