"""Holds the static files in memory under names that change when the file changes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from help_site.kept_responses import KeptResponse, keep
from help_site.security_headers import SECURITY_HEADERS

STATIC_DIR = Path(__file__).parent / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# A year: the name holds a hash of the content, so a changed file has another name.
CACHE_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """The files by the path they are served under, and that path by the file's own name."""

    responses: dict[str, KeptResponse]
    addresses: dict[str, str]

    def address(self, name: str) -> str:
        """The path of a static file, such as `/static/site.1f3a….css`; KeyError if unknown."""
        return self.addresses[name]


def load_static_files(folder: Path = STATIC_DIR) -> StaticFiles:
    """Reads and compresses every file that a browser may ask for; notes (*.md) stay out."""
    responses: dict[str, KeptResponse] = {}
    addresses: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        media_type = MEDIA_TYPES.get(path.suffix)
        if media_type is None:
            continue
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:12]
        address = f"/static/{path.stem}.{digest}{path.suffix}"
        addresses[path.name] = address
        responses[address] = keep(content, media_type, CACHE_FOREVER, SECURITY_HEADERS)
    return StaticFiles(responses, addresses)
