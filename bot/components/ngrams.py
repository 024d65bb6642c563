"""Accent-folded character n-grams with tf-idf weights; without embeddings the bot reads these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from components.folding import folded

SHORTEST, LONGEST = 1, 3
# Share of known n-grams: below the first another language than those trained on, from the second
# on one of those.
STRANGE, FAMILIAR = 0.5, 0.8
LEAST_TEXTS = 2  # an n-gram seen in one text only says nothing


class Ngrams:
    """A fixed list of n-grams and their weights; texts become sparse unit rows."""

    def __init__(self, names: Sequence[str], weights: NDArray[np.float32]) -> None:
        self.names = list(names)
        self.weights = weights
        self._place = {name: index for index, name in enumerate(self.names)}

    @classmethod
    def learn(cls, texts: Sequence[str]) -> Ngrams:
        """The n-grams of the training texts, weighted by how few texts have them."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(_grams(text)))
        names = sorted(name for name, count in seen.items() if count >= LEAST_TEXTS)
        counts = np.array([seen[name] for name in names], np.float32)
        return cls(names, (np.log((1 + len(texts)) / (1 + counts)) + 1).astype(np.float32))

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """Shape (len(texts), len(names)); a text without a known n-gram is a row of zeros."""
        places: list[int] = []
        values: list[NDArray[np.float32]] = []
        starts = [0]
        for text in texts:
            found, weights = self.row(text)
            places.extend(found)
            values.append(weights)
            starts.append(len(places))
        data = np.concatenate(values) if values else np.zeros(0, np.float32)
        return csr_matrix((data, places, starts), shape=(len(texts), len(self.names)))

    def trust(self, text: str) -> float:
        """How far to believe what n-grams say of a text: 0 for a language not seen, 1 for a known.

        Russian has not one n-gram in common with Dutch, English and Arabic; what a regression makes
        of nothing is a guess, and must not outvote the sentence vectors, which know Russian.
        """
        longest = [name for name in _grams(text) if len(name) == LONGEST]
        known = sum(name in self._place for name in longest) / max(len(longest), 1)
        return min(max((known - STRANGE) / (FAMILIAR - STRANGE), 0.0), 1.0)

    def row(self, text: str) -> tuple[list[int], NDArray[np.float32]]:
        """Places and unit-length weights of the n-grams of one text."""
        counts: Counter[int] = Counter()
        for name in _grams(text):
            place = self._place.get(name)
            if place is not None:
                counts[place] += 1
        places = sorted(counts)
        times = np.array([counts[place] for place in places], np.float32)
        values = (1 + np.log(times)) * self.weights[places] if places else times
        length = float(np.linalg.norm(values))
        return places, values / length if length else values


def _grams(text: str) -> Iterator[str]:
    for word in folded(text).split():
        padded = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]
