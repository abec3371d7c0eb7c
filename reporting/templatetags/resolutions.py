"""The results of a report beyond numbers: resolutions and statements, without a blank for what there is not.

Reports of schema version 1 have no resolutions, and the same template renders them to the bytes they had.
"""

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reporting.renderers.until_version_2.parts import Composition

register = template.Library()


@register.filter
def entries_of_results(report: Composition) -> SafeString:
    """Their lines in the contents."""
    entries = []
    if report.resolutions:
        entries.append(("report-resolutions", report.resolutions.heading))
    if report.statements:
        entries.append(("report-results", report.labels["results"]))
    return format_html_join("\n      ", '<li><a href="#{}">{}</a></li>', entries)


@register.simple_block_tag
def results_of(content: str, report: Composition) -> SafeString:
    """The section of the resolutions, then ``content``, which is that of the statements."""
    statements = SafeString(content if report.statements else "")
    if not report.resolutions:
        return statements
    section = render_to_string(
        "reporting/until_version_2/_report_resolutions.html", {"part": report.resolutions}
    )
    return format_html("{}  {}", section, statements)
