"""Whether a file is a released document, of which release, and whether the signature on that holds."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef

from reporting.enums import ReportStatus
from reporting.manifests.document import Manifest
from reporting.manifests.signing import PublicKey, SigningKey, public_key, signer_of
from reporting.models import Document, ProgressReport, ReleaseManifest

PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEntry:
    """A public key of this portal: the one that signs now, or a former one."""

    key: PublicKey
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A released document with this content. ``key``: the one that fits the manifest's signature, if any."""

    document: Document
    manifest: Manifest
    key: PublicKey | None
    is_public: bool
    is_superseded: bool
    """A later release of the same edition stands."""

    @property
    def is_genuine(self) -> bool:
        return self.key is not None


def trusted_keys() -> list[KeyEntry]:
    """The keys that the environment names: by them alone signatures are judged, never by what is stored."""
    keys = []
    if settings.MANIFEST_SIGNING_KEY:
        keys.append(KeyEntry(key=SigningKey(settings.MANIFEST_SIGNING_KEY).public, is_current=True))
    keys += [KeyEntry(key=public_key(text), is_current=False) for text in settings.MANIFEST_FORMER_SIGNERS]
    return keys


def fingerprint(pieces: Iterable[bytes]) -> str:
    """The SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def released_as(sha256: str, *, public_only: bool = True) -> list[Match]:
    """Every released document with this content: the same data give the same bytes, in several releases too.

    The manifest decides: a document counts only if it is listed there.
    """
    later = ProgressReport.objects.filter(
        status=ReportStatus.RELEASED,
        report_type=OuterRef("report__report_type"),
        year=OuterRef("report__year"),
        scope=OuterRef("report__scope"),
        release__gt=OuterRef("report__release"),
    )
    found = (
        Document.objects.filter(
            sha256=sha256, report__status__in=ReportStatus.published, report__manifest__isnull=False
        )
        .select_related("report__manifest")
        .annotate(is_superseded=Exists(later))
    )
    if public_only:
        found = found.filter(report__manifest__is_public=True)
    keys = [entry.key for entry in trusted_keys()]
    matches = []
    for document in found.order_by("-report__released_at", "-pk"):
        stored: ReleaseManifest = document.report.manifest
        manifest = stored.manifest
        if manifest.lists(sha256):
            signer = signer_of(stored.content.encode(), base64.b64decode(stored.signature), keys)
            matches.append(
                Match(
                    document=document,
                    manifest=manifest,
                    key=signer,
                    is_public=stored.is_public,
                    is_superseded=document.is_superseded,
                )
            )
    return matches
