"""Questions at which the reading stops: only a person can answer them."""

from measures.importing.problems.types import QuestionType, gettext_noop

TYPES = (
    QuestionType(
        "indicator", gettext_noop("Which indicator are the values of this table?"), ("constants", "columns")
    ),
    QuestionType(
        "year", gettext_noop("Which year are the values of this table for?"), ("constants", "columns")
    ),
    QuestionType(
        "organisation",
        gettext_noop("Which organisation do the values of this table come from?"),
        ("constants", "columns"),
    ),
    QuestionType(
        "period",
        gettext_noop(
            "“{found}” is not the whole period the figures are kept for. Do the values hold for the whole "
            "year?"
        ),
        ("wording", "roles", "columns"),
    ),
    QuestionType(
        "wording",
        gettext_noop(
            "“{found}” may restrict or change what the values of this table are. Do they hold as they stand?"
        ),
        ("wording",),
    ),
    QuestionType("column", gettext_noop("What does the column “{found}” contain?"), ("roles", "columns")),
    QuestionType(
        "notation",
        gettext_noop(
            "“{found}” can be read in two ways: is the mark a decimal mark or does it group thousands?"
        ),
        ("notation",),
    ),
)
