"""The desk's style sheet and icon, read once and kept as bytes under a name that never changes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

STATIC_DIR = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
# The name holds a hash of the content: a changed file has another address.
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file in memory."""

    body: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """Files by their address, and addresses by their plain name."""

    by_address: Mapping[str, StaticFile]
    addresses: Mapping[str, str]

    def address(self, name: str) -> str:
        """Where a file of the folder is served. Raises KeyError for an unknown one."""
        return self.addresses[name]


def load_static_files(folder: Path = STATIC_DIR) -> StaticFiles:
    """Every style sheet and picture of the folder."""
    by_address: dict[str, StaticFile] = {}
    addresses: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in _TYPES:
            body = path.read_bytes()
            mark = hashlib.sha256(body).hexdigest()[:12]
            address = f"/static/{path.stem}.{mark}{path.suffix}"
            by_address[address] = StaticFile(body, _TYPES[path.suffix])
            addresses[path.name] = address
    return StaticFiles(MappingProxyType(by_address), MappingProxyType(addresses))
