"""The manifest of a release: which data, which documents, made by which software. Signed as these bytes."""

from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

MANIFEST_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDocument:
    """A document of the release; ``name`` is the one a reader's computer gives it."""

    name: str
    language: str
    format: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """``address``: the page of the release. ``key``: the id of the public key that the signature fits."""

    address: str
    report_type: str
    year: int
    scope: str
    release: int
    released_at: datetime
    snapshot_sha256: str
    software_version: str
    documents: tuple[ListedDocument, ...]
    key: str
    manifest_version: int = MANIFEST_VERSION

    def __post_init__(self):
        object.__setattr__(self, "released_at", self.released_at.astimezone(UTC).replace(microsecond=0))

    def to_json(self) -> bytes:
        """The one form that is signed and stored: sorted keys, UTF-8, a line break at the end."""
        return msgspec.json.encode(self, order="sorted") + b"\n"

    def lists(self, sha256: str) -> bool:
        return any(document.sha256 == sha256 for document in self.documents)


def read_manifest(content: bytes) -> Manifest:
    """A stored manifest. One that is none is refused by ``msgspec.DecodeError``."""
    return msgspec.json.decode(content, type=Manifest)
