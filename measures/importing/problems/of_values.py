"""Problems with what stands in a value's cell."""

from measures.importing.problems.types import ERROR, MARKER, NOTE, QUERY, Once, ProblemType, gettext_noop

TYPES = (
    ProblemType(
        "not_a_number",
        ERROR,
        gettext_noop("“{found}” is not a number. Enter a number or an agreed marker."),
    ),
    ProblemType(
        "sign_in_doubt",
        ERROR,
        gettext_noop(
            "It is not clear whether “{found}” is negative. Write the sign in front of the number, without "
            "parentheses."
        ),
    ),
    ProblemType(
        "not_whole",
        ERROR,
        gettext_noop("“{found}” is not a whole number, but this indicator counts whole units."),
    ),
    ProblemType(
        "too_precise",
        ERROR,
        gettext_noop("“{found}” has more than the {decimals} decimal places this indicator is kept with."),
        parameters=("decimals",),
    ),
    ProblemType(
        "too_large",
        ERROR,
        gettext_noop("“{found}” is too large to be recorded. Check the number."),
    ),
    ProblemType(
        "negative",
        ERROR,
        gettext_noop("“{found}” is negative, but this indicator cannot be below zero."),
    ),
    ProblemType(
        "formula_without_value",
        ERROR,
        gettext_noop(
            "The formula in this cell has no stored result. Open the file in your spreadsheet program, save "
            "it, and upload it again."
        ),
    ),
    ProblemType(
        "cell_error",
        ERROR,
        gettext_noop("The cell shows the error {found}. Correct the formula and upload again."),
    ),
    ProblemType(
        "date_not_number",
        ERROR,
        gettext_noop(
            "The cell holds the date {found} instead of a number. Spreadsheets turn 1-2, 3/4 or 10.12 into "
            "dates: format the cell as text and enter again what it should hold."
        ),
    ),
    ProblemType(
        "percent_not_count",
        ERROR,
        gettext_noop("“{found}” is a percentage, but this indicator counts. Enter the number itself."),
    ),
    ProblemType(
        "share_or_percent",
        QUERY,
        gettext_noop(
            "“{found}” was read as less than one per cent. If it is a share (0.125 for 12.5 %), format the "
            "cells of this column as percentages."
        ),
        once=Once.COLUMN,
    ),
    ProblemType(
        "unit_in_format",
        ERROR,
        gettext_noop(
            "The cell holds {value}, but its number format shows “{found}”: it is not clear whether {value} "
            "or {scaled} is meant. Enter the whole number in cells without words in their format."
        ),
        parameters=("value", "scaled"),
        once=Once.COLUMN,
    ),
    ProblemType(
        "words_in_format",
        ERROR,
        gettext_noop(
            "The cell holds {value}, but its number format shows “{found}” instead. Enter the number in a "
            "format that shows it, or write what it shows into the cell."
        ),
        parameters=("value",),
        numbers=("value",),
    ),
    ProblemType(
        "text_in_format",
        QUERY,
        gettext_noop(
            "The number format of this column shows “{found}”; {value} was read. Check that the words change "
            "nothing about the number."
        ),
        parameters=("value",),
        numbers=("value",),
    ),
    ProblemType(
        "remark_restricts",
        QUERY,
        gettext_noop(
            "The remark on this value is “{found}”: it may not be the figure of the whole period and "
            "of everyone. Check the value."
        ),
    ),
    ProblemType(
        "struck_out",
        ERROR,
        gettext_noop(
            "“{found}” is struck out, wholly or in part: it is not clear what counts. Enter only what "
            "counts, or empty the cell."
        ),
    ),
    ProblemType(
        "joint_value",
        ERROR,
        gettext_noop(
            "The value {found} stands in one cell merged over {range}: it is not known how much of it "
            "belongs to which of them. Unmerge the cells and enter a value in each."
        ),
        parameters=("range",),
    ),
    ProblemType(
        "shown_shortened",
        NOTE,
        gettext_noop(
            "The format of this column shows numbers in thousands or millions. The cell holds {value}, and "
            "that was read."
        ),
        parameters=("value",),
        numbers=("value",),
        once=Once.COLUMN,
    ),
    ProblemType(
        "repeated_different",
        ERROR,
        gettext_noop(
            "This figure is given more than once, with different values, marks or remarks; see cell {other}. "
            "Keep one."
        ),
        parameters=("other",),
    ),
    ProblemType(
        "repeated_equal",
        NOTE,
        gettext_noop("This figure is given again with the same value; see cell {other}."),
        parameters=("other",),
        has_value=False,
    ),
    ProblemType(
        "empty_not_reported",
        NOTE,
        gettext_noop("The cell is empty: not reported. A figure that is already stored is left as it is."),
        has_value=False,
    ),
    ProblemType(
        "absence_to_confirm",
        QUERY,
        gettext_noop("“{found}” was read as “{absence}”. Confirm the meaning or enter the number."),
        parameters=("absence",),
        once=Once.TEXT,
        needs_confirmation=True,
        answer_kind=MARKER,
    ),
    ProblemType(
        "dash_read_as_zero",
        NOTE,
        gettext_noop("“{found}” was read as “nothing present”, that is as zero."),
        once=Once.TEXT,
    ),
)
