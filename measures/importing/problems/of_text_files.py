"""Problems with rows of text files that do not fit their table."""

from measures.importing.problems.types import ERROR, Once, ProblemType, gettext_noop

TYPES = (
    ProblemType(
        "row_too_short",
        ERROR,
        gettext_noop(
            "The row has {given} cells, its table {expected}: “{found}”. Where a delimiter is missing, "
            "values stand in the wrong columns. Complete the row; empty cells need a delimiter too."
        ),
        parameters=("given", "expected"),
        numbers=("given", "expected"),
        once=Once.ROW,
    ),
    ProblemType(
        "row_too_long",
        ERROR,
        gettext_noop(
            "The row has {given} cells, its table {expected}; “{found}” stands beyond the table. Remove the "
            "delimiter that is too many, or enclose the cell it belongs to in quotation marks."
        ),
        parameters=("given", "expected"),
        numbers=("given", "expected"),
        once=Once.ROW,
    ),
    ProblemType(
        "headings_do_not_fit",
        ERROR,
        gettext_noop(
            "The headings are {given} cells, the rows below {expected}: “{found}”. Which heading belongs to "
            "which column is not known. Correct the headings."
        ),
        parameters=("given", "expected"),
        numbers=("given", "expected"),
        once=Once.TABLE,
    ),
    ProblemType(
        "row_other_delimiter",
        ERROR,
        gettext_noop(
            "The row has another delimiter between its cells than the rest of the file: “{found}”. Write it "
            "like the other rows."
        ),
        once=Once.ROW,
    ),
    ProblemType(
        "quote_out_of_place",
        ERROR,
        gettext_noop(
            "“{found}” has a quotation mark that neither opens nor closes the cell. Remove it, or double it "
            "and enclose the cell in quotation marks."
        ),
    ),
)
