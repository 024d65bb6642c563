"""Remembers the vectors of training texts between trainings; a conversation never passes here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from components.embeddings import Embedder, Vectors


class CachedEmbedder:
    """Asks the embedder only for texts not embedded before; a damaged cache counts as empty."""

    def __init__(self, embedder: Embedder, path: Path, make: str) -> None:
        """`make` names the weights and layers; vectors of another make count as not there."""
        self._make = make
        self.blocks, self.dimension = embedder.blocks, embedder.dimension
        self._embedder = embedder
        self._path = path

    def embed(self, texts: Sequence[str]) -> Vectors:
        known = self._read()
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            vectors = self._embedder.embed(list(missing.values()))
            known.update(zip(missing, vectors, strict=True))
            self._write({key: known[key] for key in keys})
        return np.stack([known[key] for key in keys])

    def _read(self) -> dict[str, Vectors]:
        try:
            with np.load(self._path, allow_pickle=False) as arrays:
                if str(arrays["make"]) != self._make:
                    return {}
                return dict(zip(arrays["keys"].tolist(), arrays["vectors"], strict=True))
        except (OSError, EOFError, KeyError, ValueError, BadZipFile):
            return {}

    def _write(self, known: dict[str, Vectors]) -> None:
        self._path.parent.mkdir(exist_ok=True)
        unfinished = self._path.with_suffix(".part.npz")
        vectors = np.stack(list(known.values()))
        np.savez(unfinished, make=self._make, keys=np.array(list(known)), vectors=vectors)
        unfinished.replace(self._path)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
