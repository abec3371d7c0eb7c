"""What a file holds beside the cells that are read."""

from measures.importing.problems.types import NOTE, Once, ProblemType, gettext_noop

TYPES = (
    ProblemType(
        "macros_ignored",
        NOTE,
        gettext_noop("The file holds macros. They were neither run nor read; what the cells show was read."),
        once=Once.FILE,
    ),
    ProblemType(
        "comments_not_read",
        NOTE,
        gettext_noop(
            "The file holds comments on cells; they are not kept. What matters for a figure belongs into a "
            "column of remarks."
        ),
        once=Once.FILE,
    ),
    ProblemType(
        "colours_not_read",
        NOTE,
        gettext_noop(
            "“{found}”: what a colour means was not read. Put a mark beside such numbers (p for preliminary, "
            "r for revised, s for estimated) or a remark into a column of its own."
        ),
        once=Once.TEXT,
    ),
    ProblemType(
        "content_covered",
        NOTE,
        gettext_noop(
            "The cell is covered by the merged cells {range} and yet holds “{found}”, which nobody sees. It "
            "was not read."
        ),
        parameters=("range",),
        has_value=False,
    ),
    ProblemType(
        "sheet_hidden",
        NOTE,
        gettext_noop("The sheet “{found}” is hidden and was not read."),
        once=Once.SHEET,
    ),
    ProblemType(
        "rows_hidden",
        NOTE,
        gettext_noop(
            "Hidden rows: {rows}; hidden columns: {columns}. They were read like the others; show them in "
            "your spreadsheet program to check them."
        ),
        parameters=("rows", "columns"),
        once=Once.SHEET,
    ),
)
