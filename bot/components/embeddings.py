"""Sentence vectors of multilingual-e5-small: its weights file, run by ONNX Runtime."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from components.tokenizer import Tokenizer, normalized
from components.weights_file import BadWeightsFile, WeightsFile

Vectors = NDArray[np.float32]

WEIGHTS_NAME = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
LAYERS_NAME = "e5-small.onnx"
PREFIX = "query: "  # the model was trained with it; without it the vectors are worse
BATCH = 32
# The last layer knows what is meant; two earlier ones still know which words were used. Together
# they are right 3 in 100 messages more often than the last alone.
READ_LAYERS = (6, 9, 12)
HIDDEN_SCORE = -1e9

# Six numbers of each last-layer vector, as the engine that came with the weights gives them: a
# swapped or damaged file, or another runtime's arithmetic, is noticed before it misleads anybody.
PINNED: dict[str, tuple[float, ...]] = {
    "Ik heb hulp nodig": (0.0509, -0.0522, -0.0775, -0.0918, 0.0975, -0.0639),
    "He has my passport": (0.0272, -0.0174, -0.0168, -0.0981, 0.0578, -0.0780),
    "أين يمكنني أن أنام؟": (0.0543, -0.0279, -0.0541, -0.0534, 0.0907, -0.0661),
    "Nie mam dokumentów": (0.0387, -0.0277, -0.0622, -0.1263, 0.0833, -0.0519),
    "Nu sunt plătit": (0.0356, -0.0196, -0.0555, -0.1230, 0.0779, -0.0190),
    "¿Dónde puedo dormir?": (0.0606, -0.0136, -0.0689, -0.0659, 0.0530, -0.0528),
    "Я боюсь поліції": (0.0462, -0.0238, -0.0423, -0.1237, 0.1026, -0.0569),
    "Félek tőle": (0.0640, -0.0600, -0.0635, -0.0787, 0.0695, -0.0688),
    "Çok korkuyorum": (0.0361, -0.0354, -0.0531, -0.1106, 0.1238, -0.0843),
    "Tôi không có giấy tờ": (0.0380, -0.0623, -0.0443, -0.0826, 0.0640, -0.0483),
    "Je suis en danger": (0.0071, -0.0261, -0.0574, -0.1007, 0.0890, -0.0826),
    "我想回家": (0.0407, -0.0565, -0.0350, -0.0549, 0.1165, -0.0177),
}
PINNED_TOLERANCE = 0.01


class Embedder(Protocol):
    """Anything that gives unit vectors of each text, shape (len(texts), blocks, dimension).

    A local folder with the official model may stand behind it as well; nothing else would change.
    """

    blocks: int
    dimension: int

    def embed(self, texts: Sequence[str]) -> Vectors: ...


class OnnxEmbedder:
    """The 4-bit weights in ONNX Runtime: a third of numpy's time, and the weights stay 4 bits."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        file = WeightsFile(folder / WEIGHTS_NAME)
        self._file = file
        self.blocks = len(READ_LAYERS)
        self.dimension = file.shape.hidden
        self._positions = file.shape.positions
        self._tokenizer = Tokenizer(file.pieces)
        places = file.vector("emb.pos").reshape(-1, self.dimension)
        self._places = places + file.vector("emb.type")[: self.dimension]
        self._layers = _session(folder / LAYERS_NAME, threads)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, in the order of the texts."""
        tokens = [self._tokens(text) for text in texts]
        vectors = np.empty((len(texts), self.blocks, self.dimension), np.float32)
        by_length = sorted(range(len(texts)), key=lambda index: len(tokens[index]))
        for start in range(0, len(texts), BATCH):
            batch = by_length[start : start + BATCH]
            vectors[batch] = self._forward([tokens[index] for index in batch])
        return vectors

    def _tokens(self, text: str) -> list[int]:
        return self._tokenizer.encode(PREFIX + normalized(text))[: self._positions]

    def _forward(self, batch: list[list[int]]) -> Vectors:
        lengths = np.array([len(tokens) for tokens in batch])
        longest = int(lengths.max())
        padded = np.zeros((len(batch), longest), np.intp)
        for row, tokens in enumerate(batch):
            padded[row, : len(tokens)] = tokens
        present = np.arange(longest) < lengths[:, None]
        words = self._file.rows("emb.word", self.dimension, padded.ravel())
        values = words.reshape(len(batch), longest, -1) + self._places[:longest]
        mask = np.where(present, 0, HIDDEN_SCORE).astype(np.float32)[:, None, None, :]
        names = [layer_name(number) for number in READ_LAYERS]
        layers = self._layers.run(names, {"values": values, "mask": mask})
        here = present.astype(np.float32)
        pooled: Vectors = np.stack([np.einsum("bth,bt->bh", each, here) for each in layers], axis=1)
        pooled /= np.linalg.norm(pooled, axis=2, keepdims=True)
        return pooled


def layer_name(number: int) -> str:
    """The name of a layer's output in the ONNX file."""
    return f"layer{number}"


def embedder_from(folder: Path, threads: int = 1) -> Embedder | None:
    """The embedder, or None when the folder has no weights: the bot then runs on n-grams alone.

    Raises BadWeightsFile when there are weights and they are not the pinned ones.
    """
    if not (folder / WEIGHTS_NAME).is_file() or not (folder / LAYERS_NAME).is_file():
        return None
    embedder = OnnxEmbedder(folder, threads)
    vectors = embedder.embed(list(PINNED))
    expected = np.array(list(PINNED.values()), np.float32)
    if np.abs(vectors[:, -1, : expected.shape[1]] - expected).max() > PINNED_TOLERANCE:
        raise BadWeightsFile("the vectors are not those of multilingual-e5-small")
    return embedder


def weights_fingerprint(folder: Path) -> str:
    """Short hash of the weights and layers that training used, "none" without them."""
    total = hashlib.sha256()
    for name in (WEIGHTS_NAME, LAYERS_NAME):
        if not (folder / name).is_file():
            return "none"
        with (folder / name).open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()[:16]


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Waiting in a loop would take the core from the neighbour that it waits for.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False  # it keeps the largest message's memory for ever
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its error types differ per release and have no common base
        raise BadWeightsFile(f"{path.name}: {type(error).__name__}") from error
