"""Evidence for what the areas of a sheet were taken for."""

from measures.importing.decisions.types import EvidenceType
from measures.importing.problems.types import gettext_noop

TYPES = (
    EvidenceType(
        "heading_over_figures",
        gettext_noop("{count} rows with figures under the heading in row {row}"),
        ("count", "row"),
    ),
    EvidenceType(
        "apart_by_empty_columns",
        gettext_noop("empty columns part it from the tables beside it, and it has labels of its own"),
    ),
    EvidenceType("no_column_of_values", gettext_noop("none of its columns holds values")),
    EvidenceType("names_nothing_known", gettext_noop("nothing in it names a figure the portal knows")),
    EvidenceType("question_open", gettext_noop("not read until a question is answered")),
    EvidenceType(
        "technical_row", gettext_noop("the portal’s own workbook, known by its technical row {row}"), ("row",)
    ),
    EvidenceType("person_points", gettext_noop("marked by a person")),
    EvidenceType("person_ignores_sheet", gettext_noop("set by a person: nothing of the sheet is read")),
)
