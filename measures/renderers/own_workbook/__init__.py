"""The portal's own workbook for one submission: what is asked, last year's values, rules and lists."""

import datetime as dt
import io
import zipfile

from django.utils.translation import gettext as _
from django.utils.translation import override

from measures.renderers.exact_workbook import ExactWorkbook
from measures.renderers.own_workbook.codes import write_codes
from measures.renderers.own_workbook.content import (
    Content,
    Name,
    RequestedIndicator,
    Rule,
    StatedValue,
    WorkbookRow,
)
from measures.renderers.own_workbook.formats import Formats
from measures.renderers.own_workbook.guide import write_guide
from measures.renderers.own_workbook.report import write_report

_CORE = "docProps/core.xml"
LANGUAGES = {"de": "de-DE", "en": "en-GB"}
"""What a workbook in each language of the interface names as the language of its texts."""


def render_own_workbook(content: Content) -> bytes:
    """The workbook in the content's language; the same content gives the same bytes."""
    written = io.BytesIO()
    with override(content.language):
        workbook = ExactWorkbook(
            written,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        title = _("Report for the reporting year %(year)s") % {"year": content.year}
        workbook.set_properties(
            {
                "title": f"{title}: {content.organisation.label}",
                "subject": _("Figures of the Alliance for Initial and Further Training"),
                "author": _("Alliance portal"),
                "comments": content.id,
                "created": dt.datetime.combine(content.opens_on, dt.time()),
            }
        )
        formats = Formats(workbook)
        write_report(workbook, formats, content)
        write_codes(workbook, formats, content)
        write_guide(workbook, formats, content)
        workbook.close()
    return _in_language(written.getvalue(), LANGUAGES[content.language])


def _in_language(workbook: bytes, language: str) -> bytes:
    """Name the language of the document: assistive technology reads it out in that one."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            part = source.read(info)
            if info.filename == _CORE:
                end = b"</cp:coreProperties>"
                part = part.replace(end, f"<dc:language>{language}</dc:language>".encode() + end)
            target.writestr(info, part, zipfile.ZIP_DEFLATED)
    return written.getvalue()


__all__ = [
    "Content",
    "Name",
    "RequestedIndicator",
    "Rule",
    "StatedValue",
    "WorkbookRow",
    "render_own_workbook",
]
