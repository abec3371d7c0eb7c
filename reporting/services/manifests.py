"""Signing what is released: the manifest is written in the transaction of the release."""

import base64

from django.conf import settings

from reporting.exceptions import ManifestKeyError
from reporting.manifests.document import ListedDocument, Manifest
from reporting.manifests.signing import KeyNotUsableError, SigningKey
from reporting.models import ProgressReport, ReleaseManifest
from reporting.selectors.public.addresses import report_address


def sign_release(report: ProgressReport) -> ReleaseManifest:
    """Write and sign the manifest of a report that is being released; without a key nothing is released."""
    key = require_signing_key()
    if report.snapshot is None or report.release is None or report.released_at is None:
        raise ValueError("Only a release has a manifest.")
    content = Manifest(
        address=f"{settings.PORTAL_ADDRESS}{report_address(report, settings.LANGUAGE_CODE)}",
        report_type=report.report_type,
        year=report.year,
        scope=report.scope,
        release=report.release,
        released_at=report.released_at,
        snapshot_sha256=report.snapshot.sha256,
        software_version=settings.SOFTWARE_VERSION,
        documents=tuple(
            ListedDocument(
                name=document.file_name,
                language=document.language,
                format=document.format,
                size=document.size,
                sha256=document.sha256,
            )
            for document in report.documents.order_by("language", "format")
        ),
        key=key.public.id,
    ).to_json()
    return ReleaseManifest.objects.create(
        report=report,
        content=content.decode(),
        signature=base64.b64encode(key.sign(content)).decode(),
        public_key=key.public.base64,
        is_public=report.snapshot.frozen.disclosure is not None,
        signed_at=report.released_at,
    )


def require_signing_key() -> SigningKey:
    """The key, or the error that there is none; asked when a release is decided for a later moment."""
    try:
        return SigningKey(settings.MANIFEST_SIGNING_KEY)
    except KeyNotUsableError as error:
        raise ManifestKeyError from error
