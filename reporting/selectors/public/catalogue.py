"""The catalogue of open data: the entry of every release that stands, under one public address."""

import logging
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from measures.models import Phase
from reporting.enums import DocumentFormat
from reporting.frozen.schema import Text
from reporting.renderers.bilingual import in_both_languages
from reporting.renderers.data.catalogue_entry import DataCatalogue, render_catalogue
from reporting.selectors.public.releases import Release, ReleaseStanding, editions

logger = logging.getLogger(__name__)


def open_data_catalogue() -> bytes | None:
    """As JSON-LD; None: nobody publishes yet, since no term of the Alliance is known."""
    phase = Phase.objects.select_related("implementing_body").order_by("-starts_on").first()
    if phase is None:
        return None
    standing = [
        release
        for edition in editions()
        for release in edition.releases
        if release.standing is ReleaseStanding.CURRENT
    ]
    body = phase.implementing_body
    alliance = Text(de=phase.alliance_de, en=phase.alliance_en)
    return render_catalogue(
        DataCatalogue(
            address=_address("catalogue"),
            homepage=_address("data"),
            title=in_both_languages(
                lambda: (
                    gettext("%(alliance)s: data")
                    % {"alliance": alliance.in_language(translation.get_language())}
                )
            ),
            description=in_both_languages(
                lambda: gettext("The figures of every published progress report, each in several formats.")
            ),
            publisher=Text(de=body.name_de, en=body.name_en),
            modified_at=max((each.released_at for each in standing if each.released_at), default=None),
        ),
        dict(entry for release in standing for entry in _entry(release)),
    )


def _entry(release: Release) -> Iterator[tuple[str, bytes]]:
    """None where the data can not be rendered as data; a file that is gone keeps no other out."""
    for link in release.documents:
        if link.document.format == DocumentFormat.DCAT:
            try:
                with link.document.file.open() as file:
                    yield f"{settings.PORTAL_ADDRESS}{link.address}", file.read()
            except FileNotFoundError:
                logger.exception("The file of document %s is missing", link.document.pk)


def _address(name: str) -> str:
    """The German one: what is in both languages has one address."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.PORTAL_ADDRESS}{reverse(f'public:{name}')}"
