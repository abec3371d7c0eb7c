"""Frozen data in one language: every word and number of a document as blocks, in reading order.

The page and the PDF are two layouts of this one composition, so their words and numbers are the same.
"""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext, override, pgettext

from reporting.charts.drawing import Draw, inline_svg
from reporting.editions.types import ANNUAL, REPORT_TYPES, ReportSection, ReportType, Structure
from reporting.enums import ScopeKind
from reporting.frozen.links import TrailUrl
from reporting.frozen.schema import ScopeData, SnapshotData
from reporting.renderers import wording
from reporting.renderers.blocks import DocumentSection, FactLine, ReportDocument
from reporting.renderers.sections import (
    changes,
    market,
    measures,
    method,
    partners,
    practice,
    results,
    summary,
)
from reporting.renderers.titles import title_of
from reporting.renderers.writer import Writer

_SECTIONS: tuple[tuple[ReportSection | None, Callable[[Writer], DocumentSection | None]], ...] = (
    (None, summary.foreword),
    (None, summary.summary),
    (None, summary.objectives),
    (ReportSection.MARKET, market.training_market),
    (ReportSection.OFFERS, market.three_offers),
    (None, measures.measures),
    (ReportSection.UMBRELLAS, partners.contributions),
    (ReportSection.PARTICIPATION, partners.participation),
    (ReportSection.TARGET_GROUPS, partners.target_groups),
    (ReportSection.FUNDING, results.funding),
    (ReportSection.STATEMENTS, results.statements),
    (ReportSection.RESOLUTIONS, results.commitments),
    (None, summary.outlook),
    (ReportSection.CHANGES, changes.changes),
    (None, method.method),
    (None, method.annex),
)
"""In the order of the report, each with the part of a type of report that it belongs to; None: every type."""


def compose(
    snapshot: SnapshotData,
    language: str,
    *,
    sha256: str,
    trail_url: TrailUrl | None = None,
    draw: Draw = inline_svg,
) -> ReportDocument:
    """Put frozen data in words.

    ``sha256`` is the hash stored with the data: it is printed, never computed again from what was read.
    ``trail_url(indicator, year, parts)`` is where a number of an indicator leads; else it is its permanent
    link. ``draw``: where the drawing of a chart comes from.
    """
    with override(language):
        report_type = REPORT_TYPES.get(snapshot.report_type, REPORT_TYPES[ANNUAL])
        writer = Writer(snapshot, language, sha256, trail_url, draw=draw)
        if report_type.structure is Structure.PRACTICE:
            return _document(writer, report_type, tuple(practice.practice(writer)))
        return _document(writer, report_type, tuple(_sections(writer, report_type)))


def _sections(writer: Writer, report_type: ReportType) -> Iterator[DocumentSection]:
    for part, write in _SECTIONS:
        if part is None or part in report_type.sections:
            section = write(writer)
            if section is not None and section.blocks:
                yield section


def _document(
    writer: Writer, report_type: ReportType, sections: tuple[DocumentSection, ...]
) -> ReportDocument:
    snapshot = writer.snapshot
    alliance = writer.text(snapshot.alliance.name)
    title = title_of(snapshot)
    about = (
        gettext("Figures on the measures of the years %(phase)s")
        if snapshot.scope
        else gettext("Figures on the commitments of the years %(phase)s")
    )
    subtitle = about % {"phase": snapshot.alliance.phase.replace("-", "–")}
    if report_type.structure is Structure.PRACTICE and snapshot.practice:
        subtitle = writer.text(snapshot.practice.title)
    return ReportDocument(
        language=writer.language,
        report_type=snapshot.report_type,
        title=title,
        subtitle=subtitle,
        alliance=alliance,
        heading=f"{alliance}: {title}",
        description=subtitle,
        year=snapshot.year,
        taken_on=snapshot.taken_at.date(),
        imprint=_imprint(writer),
        data_status=gettext("Data status: %(day)s") % {"day": wording.day(snapshot.data_status)}
        if snapshot.data_status
        else gettext("Frozen on %(day)s") % {"day": wording.day(snapshot.taken_at.date())},
        sha256=writer.sha256,
        labels={
            "contents": pgettext("report", "Contents") if report_type.structure is Structure.REPORT else "",
            "fingerprint": pgettext("report", "Fingerprint of the snapshot (SHA-256)"),
            "page": pgettext("report", "Page %(page)s of %(pages)s"),
        },
        sections=sections,
    )


def _imprint(writer: Writer) -> tuple[FactLine, ...]:
    snapshot = writer.snapshot
    facts = [
        FactLine(
            label=pgettext("report", "Implementing body"),
            text=writer.text(snapshot.alliance.implementing_body),
        ),
        FactLine(label=pgettext("report", "Reporting year"), text=str(snapshot.year)),
    ]
    if snapshot.scope:
        facts.append(FactLine(label=_scope_label(snapshot.scope), text=writer.text(snapshot.scope.name)))
    if snapshot.data_status:
        facts.append(
            FactLine(label=pgettext("report", "Data status"), text=wording.day(snapshot.data_status))
        )
    facts += [
        FactLine(label=pgettext("report", "Values"), text=pgettext("report", "Approved values only")),
        FactLine(label=pgettext("report", "Snapshot taken"), text=wording.moment(snapshot.taken_at)),
    ]
    return tuple(facts)


def _scope_label(scope: ScopeData) -> str:
    return {
        ScopeKind.LAND: pgettext("report", "Land"),
        ScopeKind.UMBRELLA: pgettext("report", "Umbrella organisation"),
    }[ScopeKind(scope.kind)]
