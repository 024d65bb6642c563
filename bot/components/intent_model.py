"""What a message means: regressions over sentence vectors and n-grams, mixed and calibrated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from components.embeddings import Embedder
from components.ngrams import Ngrams

Floats = NDArray[np.float32]
Understanding = Literal["embeddings", "ngrams"]

SEED = 20261122
VECTOR_SCALE = 10.0  # unit vectors are too short for the usual strength of regularisation
VECTOR_STRENGTH = 0.3
NGRAM_STRENGTH = 10.0
HELD_OUT = 0.2
MIXES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
TEMPERATURES = tuple(np.round(np.geomspace(0.4, 2.5, 23), 3).tolist())


@dataclass(frozen=True)
class Linear:
    """Weights (features, intents) and bias (intents) of one regression."""

    weights: Floats
    bias: Floats


@dataclass(frozen=True)
class Calibration:
    """How much vectors count beside n-grams of a known language, and how sure each may be."""

    mix: float
    mixed_temperature: float
    ngram_temperature: float


class ModelCannotLoad(RuntimeError):
    """The trained model is damaged or of another make; a bot without it must not start."""


class IntentModel:
    """Probabilities over the intents; without an embedder it reads n-grams only."""

    def __init__(
        self,
        intents: Sequence[str],
        ngrams: Ngrams,
        by_ngrams: Linear,
        by_vectors: Linear | None,
        centre: Floats | None,
        calibration: Calibration,
        embedder: Embedder | None,
    ) -> None:
        self.intents = list(intents)
        self._ngrams = ngrams
        self._by_ngrams = by_ngrams
        self._by_vectors = by_vectors
        self._centre = centre
        self._calibration = calibration
        self._embedder = embedder if by_vectors is not None else None
        self.understanding: Understanding = "embeddings" if self._embedder else "ngrams"

    def probabilities(self, text: str) -> Floats:
        """One probability per intent, in the order of `intents`."""
        places, values = self._ngrams.row(text)
        by_ngrams = _log_shares(values @ self._by_ngrams.weights[places] + self._by_ngrams.bias)
        if self._embedder is None or self._by_vectors is None or self._centre is None:
            return _shares(by_ngrams / self._calibration.ngram_temperature)
        features = vector_features(self._embedder.embed([text]), self._centre)[0]
        by_vectors = _log_shares(features @ self._by_vectors.weights + self._by_vectors.bias)
        share = (1 - self._calibration.mix) * self._ngrams.trust(text)
        mixed = (1 - share) * by_vectors + share * by_ngrams
        return _shares(mixed / self._calibration.mixed_temperature)

    def save(self, path: Path) -> None:
        """Plain arrays, no pickled objects."""
        calibration = self._calibration
        arrays = {
            "intents": np.array(self.intents),
            "ngrams": np.array(self._ngrams.names),
            "ngram_weights": self._ngrams.weights,
            "by_ngrams": self._by_ngrams.weights,
            "by_ngrams_bias": self._by_ngrams.bias,
            "calibration": np.array(
                [calibration.mix, calibration.mixed_temperature, calibration.ngram_temperature]
            ),
        }
        if self._by_vectors is not None and self._centre is not None:
            arrays["centre"] = self._centre
            arrays["by_vectors"] = self._by_vectors.weights
            arrays["by_vectors_bias"] = self._by_vectors.bias
        np.savez(path, **arrays)

    @classmethod
    def load(cls, path: Path, embedder: Embedder | None) -> IntentModel:
        """Raises ModelCannotLoad; never a half-loaded model."""
        try:
            with np.load(path, allow_pickle=False) as arrays:
                by_vectors = centre = None
                if "by_vectors" in arrays:
                    by_vectors = Linear(arrays["by_vectors"], arrays["by_vectors_bias"])
                    centre = arrays["centre"]
                return cls(
                    arrays["intents"].tolist(),
                    Ngrams(arrays["ngrams"].tolist(), arrays["ngram_weights"]),
                    Linear(arrays["by_ngrams"], arrays["by_ngrams_bias"]),
                    by_vectors,
                    centre,
                    Calibration(*arrays["calibration"].tolist()),
                    embedder,
                )
        except (OSError, EOFError, KeyError, ValueError, TypeError, BadZipFile) as error:
            raise ModelCannotLoad(f"{path.name}: {type(error).__name__}") from error


def vector_features(vectors: Floats, centre: Floats) -> Floats:
    """What the regression reads, shape (texts, blocks * dimension).

    All sentence vectors lie close together; seen from their middle they lie far apart.
    """
    moved = vectors - centre
    moved = moved / np.maximum(np.linalg.norm(moved, axis=2, keepdims=True), 1e-6)
    features: Floats = moved.reshape(len(moved), -1) * VECTOR_SCALE
    return features


def _log_shares(scores: Floats) -> Floats:
    shifted = scores - scores.max(-1, keepdims=True)
    logged: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return logged


def _shares(scores: Floats) -> Floats:
    shares: Floats = np.exp(_log_shares(scores))
    return shares
