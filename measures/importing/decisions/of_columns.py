"""Evidence for what the columns of a table were taken for."""

from measures.importing.decisions.types import EvidenceType
from measures.importing.problems.types import gettext_noop

TYPES = (
    EvidenceType("ranks_rows", gettext_noop("ranks the rows by another column")),
    EvidenceType("heading_derived", gettext_noop("the heading names a value derived from others")),
    EvidenceType(
        "heading_not_kept", gettext_noop("the heading names a kind of figure the portal does not keep")
    ),
    EvidenceType("heading_role", gettext_noop("the heading is a word for: {kind}"), ("kind",)),
    EvidenceType("heading_meaning", gettext_noop("the heading names: {kinds}"), ("kinds",)),
    EvidenceType("heading_unread", gettext_noop("of the heading, “{found}” was not understood"), ("found",)),
    EvidenceType("without_heading", gettext_noop("has no heading, unlike the columns beside it")),
    EvidenceType(
        "contents_named",
        gettext_noop("{count} of {all} different texts are known: {kind}"),
        ("count", "all", "kind"),
    ),
    EvidenceType(
        "contents_numbers", gettext_noop("{count} of {all} different contents are numbers"), ("count", "all")
    ),
    EvidenceType("contents_periods", gettext_noop("each cell names the period of its row")),
    EvidenceType(
        "contents_dates", gettext_noop("{count} of {all} different contents are dates"), ("count", "all")
    ),
    EvidenceType(
        "contents_years", gettext_noop("{count} of {all} different contents are years"), ("count", "all")
    ),
    EvidenceType("contents_states", gettext_noop("holds errors or formulas without a result")),
    EvidenceType("contents_empty", gettext_noop("nothing in it that could be read")),
    EvidenceType(
        "contents_unknown",
        gettext_noop("neither its heading nor its {all} different contents are known"),
        ("all",),
    ),
    EvidenceType("second_of_kind", gettext_noop("column {column} already gives: {kind}"), ("column", "kind")),
    EvidenceType(
        "codes_beside_names",
        gettext_noop(
            "stands without a heading left of the occupations’ names, and its numbers are their codes"
        ),
    ),
    EvidenceType(
        "part_of_year", gettext_noop("a part of the year; the whole year beside it is the sum of its parts")
    ),
    EvidenceType("part_of_column", gettext_noop("a part of the column beside it, “{found}”"), ("found",)),
    EvidenceType(
        "members_beside_umbrella", gettext_noop("its organisations are members of those beside them")
    ),
    EvidenceType("adds_up_columns", gettext_noop("a total over the columns beside it: {kind}"), ("kind",)),
    EvidenceType(
        "computed_from_columns",
        gettext_noop("its numbers are computed from the columns {columns}: {kind}"),
        ("columns", "kind"),
    ),
    EvidenceType(
        "adds_up_to_column",
        gettext_noop("its numbers and those beside it add up to column {column}"),
        ("column",),
    ),
    EvidenceType("year_before", gettext_noop("“{found}” is the year before {year}"), ("found", "year")),
    EvidenceType(
        "year_before_what", gettext_noop("“{found}” is the year before one that is not known"), ("found",)
    ),
    EvidenceType("table_left_out", gettext_noop("nothing in the table names a figure the portal knows")),
    EvidenceType("technical_name", gettext_noop("the portal’s own workbook names it in its technical row")),
    EvidenceType("person_chose_column", gettext_noop("set by a person")),
)
