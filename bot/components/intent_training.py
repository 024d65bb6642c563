"""Trains the intent model: two regressions, then mix and temperature on held-out texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

from components import intent_model
from components.embeddings import Embedder
from components.intent_model import Calibration, Floats, IntentModel, Linear, vector_features
from components.ngrams import Ngrams

MOST_STEPS = 300


def train_intent_model(
    texts: Sequence[str], labels: Sequence[str], embedder: Embedder | None
) -> IntentModel:
    """The same texts give the same model: the seed is fixed and every text has its place."""
    intents = sorted(set(labels))
    numbers = np.array([intents.index(label) for label in labels])
    centre = vectors = None
    if embedder is not None:
        raw = embedder.embed(texts)
        centre = raw.mean(0)
        vectors = vector_features(raw, centre)
    calibration = _calibrated(texts, numbers, vectors)
    ngrams = Ngrams.learn(texts)
    by_ngrams = _fitted(ngrams.rows(texts), numbers, intent_model.NGRAM_STRENGTH)
    by_vectors = None
    if vectors is not None:
        by_vectors = _fitted(vectors, numbers, intent_model.VECTOR_STRENGTH)
    return IntentModel(intents, ngrams, by_ngrams, by_vectors, centre, calibration, embedder)


def _fitted(rows: Any, numbers: NDArray[np.intp], strength: float) -> Linear:
    regression = LogisticRegression(
        C=strength, max_iter=MOST_STEPS, class_weight="balanced", random_state=intent_model.SEED
    )
    regression.fit(rows, numbers)
    return Linear(
        np.ascontiguousarray(regression.coef_.T, np.float32),
        regression.intercept_.astype(np.float32),
    )


def _calibrated(
    texts: Sequence[str], numbers: NDArray[np.intp], vectors: Floats | None
) -> Calibration:
    everything = np.arange(len(texts))
    learn, check = train_test_split(
        everything,
        test_size=intent_model.HELD_OUT,
        stratify=numbers,
        random_state=intent_model.SEED,
    )
    truth = numbers[check]
    ngrams = Ngrams.learn([texts[index] for index in learn])
    rows = ngrams.rows(texts)
    by_ngrams = _fitted(rows[learn], numbers[learn], intent_model.NGRAM_STRENGTH)
    ngram_scores = _logged(rows[check] @ by_ngrams.weights + by_ngrams.bias)
    ngram_temperature = min(
        intent_model.TEMPERATURES, key=lambda heat: _surprise(ngram_scores / heat, truth)
    )
    if vectors is None:
        return Calibration(0.0, ngram_temperature, ngram_temperature)
    by_vectors = _fitted(vectors[learn], numbers[learn], intent_model.VECTOR_STRENGTH)
    vector_scores = _logged(vectors[check] @ by_vectors.weights + by_vectors.bias)
    choices = [(mix, heat) for mix in intent_model.MIXES for heat in intent_model.TEMPERATURES]

    trust = np.array([[ngrams.trust(texts[index])] for index in check])

    def surprise(choice: tuple[float, float]) -> float:
        mix, heat = choice
        share = (1 - mix) * trust
        return _surprise(((1 - share) * vector_scores + share * ngram_scores) / heat, truth)

    mix, heat = min(choices, key=surprise)
    return Calibration(mix, heat, ngram_temperature)


def _logged(scores: NDArray[Any]) -> NDArray[Any]:
    shifted = scores - scores.max(1, keepdims=True)
    logged: NDArray[Any] = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return logged


def _surprise(scores: NDArray[Any], truth: NDArray[np.intp]) -> float:
    """Mean negative log probability of the right intent."""
    return float(-_logged(scores)[np.arange(len(truth)), truth].mean())
