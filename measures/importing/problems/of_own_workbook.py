"""What is unexpected in the portal's own workbook."""

from measures.importing.problems.types import NOTE, QUERY, Once, ProblemType, gettext_noop

TYPES = (
    ProblemType(
        "template_old_version",
        NOTE,
        gettext_noop(
            "This is version {found} of the portal's workbook; the current one is {current}. It was read all "
            "the same. Please download the current one next time."
        ),
        parameters=("current",),
        once=Once.SHEET,
    ),
    ProblemType(
        "template_without_keys",
        QUERY,
        gettext_noop(
            "This is the portal's own workbook without its hidden technical row; it was read like any other "
            "table. Make sure that last year's values are not taken for this year's."
        ),
        once=Once.SHEET,
    ),
    ProblemType(
        "template_other_year",
        NOTE,
        gettext_noop(
            "The workbook is the one for the year {found}, whose reporting round is not open. Its values are "
            "taken as those of {found}."
        ),
        once=Once.SHEET,
    ),
    ProblemType(
        "template_other_organisation",
        NOTE,
        gettext_noop(
            "The workbook holds figures of {found}, not of {chosen} as chosen when uploading. They are taken "
            "as those of {found}."
        ),
        parameters=("chosen",),
        once=Once.TEXT,
    ),
    ProblemType(
        "template_quality_unknown",
        QUERY,
        gettext_noop(
            "“{found}” does not name the quality of the value; it is taken as final. Choose a word "
            "from the list."
        ),
    ),
    ProblemType(
        "template_sheet_ignored",
        NOTE,
        gettext_noop(
            "The sheet “{found}” was not read: in the portal's workbook only the sheet with the hidden "
            "technical row counts. If it holds figures, upload it as a file of its own."
        ),
        once=Once.SHEET,
    ),
)
