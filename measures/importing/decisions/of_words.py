"""Evidence for words that hold for a whole table."""

from measures.importing.decisions.types import EvidenceType
from measures.importing.problems.types import gettext_noop

TYPES = (
    EvidenceType("title_says", gettext_noop("stands above the table")),
    EvidenceType("sheet_name_says", gettext_noop("is the name of the sheet")),
    EvidenceType("note_says", gettext_noop("stands below the table")),
    EvidenceType("upper_title_says", gettext_noop("stands above the tables of the sheet")),
    EvidenceType("other_sheet_says", gettext_noop("stands on a sheet without a table")),
    EvidenceType("word_named", gettext_noop("a name or unit the portal knows")),
    EvidenceType("word_of_form", gettext_noop("a word of forms and tables that says nothing about figures")),
    EvidenceType("word_of_period", gettext_noop("a period, held against that of the indicators")),
    EvidenceType("word_unknown", gettext_noop("not known, or it may restrict what the values are")),
    EvidenceType("supplier_says", gettext_noop("whoever sent the file")),
    EvidenceType("person_says_constant", gettext_noop("a person says so")),
    EvidenceType("nothing_says_otherwise", gettext_noop("nothing says otherwise")),
    EvidenceType(
        "region_is_owner", gettext_noop("only the Länder are asked for this figure, and the table is by Land")
    ),
)
