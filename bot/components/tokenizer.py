"""Cuts text into the pieces multilingual-e5 was trained on (SentencePiece unigram, best path)."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left

import numpy as np

from components.weights_file import Pieces

WORD_START = "\u2581"
MAX_CHARACTERS = 400
UNKNOWN_PENALTY = 10.0  # as SentencePiece: the worst score minus ten
_SPACES = re.compile(" {2,}")
_NEVER = -1e30


def normalized(text: str) -> str:
    """NFKC, lone surrogates replaced, at most 400 characters.

    NFKC first: one ligature can stand for 18 characters, so the cut comes after it.
    """
    whole = text[: 4 * MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFKC", whole)[:MAX_CHARACTERS]


class Tokenizer:
    """Text to piece numbers, memory-light: pieces stay in one block of bytes, found by hash."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        offsets = pieces.offsets.tolist()
        blob = pieces.blob
        hashes = np.fromiter(
            (hash(blob[a:b]) for a, b in zip(offsets, offsets[1:], strict=False)),
            np.int64,
            len(offsets) - 1,
        )
        order = np.argsort(hashes, kind="stable")
        self._hashes = array("q", hashes[order].tobytes())
        self._order = order.astype(np.int32)
        self._offsets = pieces.offsets
        self._longest = int(np.diff(pieces.offsets.astype(np.int64)).max())
        self._unknown_score = float(pieces.scores.min()) - UNKNOWN_PENALTY

    def encode(self, text: str) -> list[int]:
        """Piece numbers with the begin and end marks; `text` is normalized already."""
        marked = _SPACES.sub(" ", text.translate(self._pieces.replacements))
        marked = marked.replace(" ", WORD_START)
        if not marked.startswith(WORD_START):
            marked = WORD_START + marked
        return [self._pieces.begin, *self._best_path(marked), self._pieces.end]

    def _best_path(self, text: str) -> list[int]:
        count = len(text)
        letters = [letter.encode("utf-8", "replace") for letter in text]
        best = [_NEVER] * (count + 1)
        best[0] = 0.0
        piece_at, from_at = [0] * (count + 1), [0] * (count + 1)
        scores = self._pieces.scores
        for start in range(count):
            candidate = b""
            for end in range(start + 1, count + 1):
                candidate += letters[end - 1]
                if len(candidate) > self._longest:
                    break
                piece = self._find(candidate)
                if piece >= 0 and (score := best[start] + float(scores[piece])) > best[end]:
                    best[end], piece_at[end], from_at[end] = score, piece, start
            unknown = best[start] + self._unknown_score
            if unknown > best[start + 1]:
                best[start + 1] = unknown
                piece_at[start + 1], from_at[start + 1] = self._pieces.unknown, start
        path: list[int] = []
        while count:
            path.append(piece_at[count])
            count = from_at[count]
        return path[::-1]

    def _find(self, candidate: bytes) -> int:
        wanted = hash(candidate)
        place = bisect_left(self._hashes, wanted)
        while place < len(self._hashes) and self._hashes[place] == wanted:
            piece = int(self._order[place])
            start, end = int(self._offsets[piece]), int(self._offsets[piece + 1])
            if piece != self._pieces.unknown and self._pieces.blob[start:end] == candidate:
                return piece
            place += 1
        return -1
