"""The intent model learns the same twice, keeps no pickles, and never half-loads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from components.embeddings import Vectors
from components.folding import folded, letter_count
from components.intent_model import IntentModel, ModelCannotLoad
from components.intent_training import train_intent_model
from components.ngrams import Ngrams
from components.vector_cache import CachedEmbedder

PLACES = ["slapen", "bed", "dak", "onderdak", "slaapplek"]
PAPERS = ["paspoort", "papieren", "document", "pas", "identiteitskaart"]
TEXTS = [f"ik zoek {word} {end}" for word in PLACES for end in ("nu", "hier", "snel", "vannacht")]
TEXTS += [
    f"hij heeft mijn {word} {end}" for word in PAPERS for end in ("", "weg", "nog", "al lang")
]
TEXTS += [f"{word} {end}" for word in ("hallo", "hoi", "goedendag") for end in ("daar", "jij", "!")]
LABELS = ["shelter"] * 20 + ["documents_taken"] * 20 + ["greet"] * 9


class LetterEmbedder:
    """Counts letters: enough for two intents, and quick."""

    blocks, dimension = 1, 26

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked.extend(texts)
        counts = np.array(
            [[text.lower().count(chr(97 + place)) + 0.1 for place in range(26)] for text in texts],
            np.float32,
        )
        return (counts / np.linalg.norm(counts, axis=1, keepdims=True))[:, None, :]


@pytest.mark.parametrize("embedder", [None, LetterEmbedder()])
def test_it_learns_and_its_probabilities_add_up(embedder: LetterEmbedder | None) -> None:
    model = train_intent_model(TEXTS, LABELS, embedder)
    shares = model.probabilities("ik zoek een bed")

    assert model.intents[int(shares.argmax())] == "shelter"
    assert shares.sum() == pytest.approx(1)
    assert model.understanding == ("embeddings" if embedder else "ngrams")


def test_the_same_examples_give_the_same_model() -> None:
    one = train_intent_model(TEXTS, LABELS, LetterEmbedder()).probabilities("mijn paspoort")
    two = train_intent_model(TEXTS, LABELS, LetterEmbedder()).probabilities("mijn paspoort")

    assert (one == two).all()


def test_a_saved_model_understands_as_before(tmp_path: Path) -> None:
    embedder = LetterEmbedder()
    model = train_intent_model(TEXTS, LABELS, embedder)
    model.save(tmp_path / "intents.npz")
    loaded = IntentModel.load(tmp_path / "intents.npz", embedder)

    assert np.allclose(loaded.probabilities("een bed"), model.probabilities("een bed"))


def test_a_model_trained_with_vectors_still_reads_without_them(tmp_path: Path) -> None:
    train_intent_model(TEXTS, LABELS, LetterEmbedder()).save(tmp_path / "intents.npz")
    loaded = IntentModel.load(tmp_path / "intents.npz", None)
    shares = loaded.probabilities("hij heeft mijn paspoort")

    assert loaded.understanding == "ngrams"
    assert loaded.intents[int(shares.argmax())] == "documents_taken"


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"PK\x03\x04"])
def test_a_damaged_model_raises(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "intents.npz").write_bytes(damage)

    with pytest.raises(ModelCannotLoad):
        IntentModel.load(tmp_path / "intents.npz", None)


def test_a_missing_model_raises(tmp_path: Path) -> None:
    with pytest.raises(ModelCannotLoad):
        IntentModel.load(tmp_path / "intents.npz", None)


def test_a_pickled_object_in_a_model_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "intents.npz", intents=np.array([{"a": 1}], dtype=object))

    with pytest.raises(ModelCannotLoad):
        IntentModel.load(tmp_path / "intents.npz", None)


@pytest.mark.parametrize("text", ["", "👍", "ﷺ" * 3000, "\ud800", "zzz qqq"])
def test_any_text_has_probabilities(text: str) -> None:
    shares = train_intent_model(TEXTS, LABELS, None).probabilities(text)

    assert np.isfinite(shares).all()


def test_ngrams_do_not_see_accents_capitals_or_signs() -> None:
    ngrams = Ngrams.learn(["café hulp", "cafe hulp", "café"])

    assert ngrams.row("CAFÉ!")[0] == ngrams.row("cafe")[0] != []


def test_ngrams_are_not_believed_in_a_language_they_never_saw() -> None:
    ngrams = Ngrams.learn(TEXTS)

    assert ngrams.trust("у меня забрали паспорт") == 0
    assert ngrams.trust("ik zoek een bed") > 0.3
    assert ngrams.trust("") == 0


def test_folding_makes_one_form_of_a_letter() -> None:
    assert folded("Ёlan,  l'Été — İstanbul") == folded("ёlan l ete istanbul")
    assert folded("إلى مدرسةٍ") == "الي مدرسه"


def test_letters_of_every_script_count_and_emoji_do_not() -> None:
    assert letter_count("a1 ع 我 😀!") == 4


def test_vectors_of_training_texts_are_computed_once(tmp_path: Path) -> None:
    embedder = LetterEmbedder()
    path = tmp_path / "vectors.npz"
    first = CachedEmbedder(embedder, path, "one").embed(["a", "b", "a"])
    second = CachedEmbedder(embedder, path, "one").embed(["a", "b", "a"])

    assert embedder.asked == ["a", "b"]
    assert (first == second).all()


def test_vectors_of_other_weights_are_computed_again(tmp_path: Path) -> None:
    embedder = LetterEmbedder()
    CachedEmbedder(embedder, tmp_path / "vectors.npz", "one").embed(["a"])
    CachedEmbedder(embedder, tmp_path / "vectors.npz", "two").embed(["a"])

    assert embedder.asked == ["a", "a"]
