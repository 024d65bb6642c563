"""Reads the 4-bit multilingual-e5-small file as data: header, vocabulary, tensors."""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32  # weights per block: one half-precision scale, then 16 bytes of two 4-bit weights each
BLOCK_BYTES = 18


class BadWeightsFile(ValueError):
    """The weights file is missing, cut off, or not of the known shape."""


@dataclass(frozen=True)
class Shape:
    """Sizes of the model, in the order in which the file lists them."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True)
class Pieces:
    """The SentencePiece vocabulary: bytes of piece i are blob[offsets[i]:offsets[i + 1]]."""

    begin: int
    end: int
    unknown: int
    offsets: NDArray[np.uint32]
    scores: NDArray[np.float32]
    blob: bytes
    replacements: dict[int, str]


@dataclass(frozen=True)
class _Tensor:
    offset: int
    bytes: int


class WeightsFile:
    """Tensors by name; `rows` reads rows on demand, so the word table never leaves the file."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._position = 0
            self._read_header()
            self.pieces = self._read_pieces()
            self._tensors = self._read_directory()
        except (OSError, ValueError, struct.error) as error:
            raise BadWeightsFile(f"{path.name}: {type(error).__name__}") from error

    def vector(self, name: str) -> NDArray[np.float32]:
        """A float32 tensor, flat."""
        tensor = self._tensors[name]
        count = tensor.bytes // 4
        return np.frombuffer(self._map, "<f4", count, tensor.offset).copy()

    def packed(self, name: str, inputs: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """A 4-bit matrix still packed, as ONNX Runtime wants it: neighbours share a byte.

        Weights (outputs, inputs / 32, 16) with zero at 8, and scales (outputs, inputs / 32).
        """
        blocks = self._table(name, inputs).reshape(-1, inputs // BLOCK, BLOCK_BYTES)
        scales = blocks[:, :, :2].copy().view("<f2")[..., 0].astype(np.float32)
        halves = blocks[:, :, 2:]
        values = np.concatenate([halves & 0x0F, halves >> 4], axis=-1)
        return values[..., 0::2] | (values[..., 1::2] << 4), scales

    def rows(self, name: str, inputs: int, wanted: NDArray[np.intp]) -> NDArray[np.float32]:
        """Chosen rows of a 4-bit matrix as float32, shape (len(wanted), inputs)."""
        blocks = self._table(name, inputs)[wanted].reshape(-1, BLOCK_BYTES)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        packed = blocks[:, 2:]
        values = np.concatenate([packed & 0x0F, packed >> 4], axis=1).astype(np.float32)
        values -= 8.0
        values *= scales
        rows: NDArray[np.float32] = values.reshape(len(wanted), inputs)
        return rows

    def _table(self, name: str, inputs: int) -> NDArray[np.uint8]:
        tensor = self._tensors[name]
        table = np.frombuffer(self._map, np.uint8, tensor.bytes, tensor.offset)
        return table.reshape(-1, inputs // BLOCK * BLOCK_BYTES)

    def _read_header(self) -> None:
        if self._map[:4] != b"E5S1":
            raise BadWeightsFile("magic")
        self._position = 8
        self.shape = Shape(*self._take("<7i"))
        self.epsilon: float
        self.epsilon, block = self._take("<fi")
        if block != BLOCK:
            raise BadWeightsFile("block size")

    def _read_pieces(self) -> Pieces:
        count, begin, end, _padding, unknown = self._take("<5i")
        (blob_bytes,) = self._take("<Q")
        offsets = np.frombuffer(self._slice((count + 1) * 4), "<u4")
        scores = np.frombuffer(self._slice(count * 4), "<f4")
        blob = self._slice(blob_bytes)
        (entries, _entry_bytes) = self._take("<iI")
        replacements: dict[int, str] = {}
        for _ in range(entries):
            codepoint, length = self._take("<IB")
            replacements[codepoint] = "".join(map(chr, self._take(f"<{length}I")))
        return Pieces(begin, end, unknown, offsets, scores, blob, replacements)

    def _read_directory(self) -> dict[str, _Tensor]:
        tensors: dict[str, _Tensor] = {}
        (count,) = self._take("<i")
        for _ in range(count):
            (length,) = self._take("<H")
            name = self._slice(length).decode("ascii")
            _kind, _count, offset, size = self._take("<BIQQ")
            if offset + size > len(self._map):
                raise BadWeightsFile("cut off")
            tensors[name] = _Tensor(offset, size)
        return tensors

    def _take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from(form, self._map, self._position)
        self._position += struct.calcsize(form)
        return values

    def _slice(self, length: int) -> bytes:
        taken = self._map[self._position : self._position + length]
        self._position += length
        return taken
