"""Evidence for words that hold for a whole table."""

from measures.importing.decisions.types import EvidenceType
from measures.importing.problems.types import gettext_noop

TYPES = (
    EvidenceType("in_title", gettext_noop("stands above the table")),
    EvidenceType("in_sheet_name", gettext_noop("is the name of the sheet")),
    EvidenceType("in_note", gettext_noop("stands below the table")),
    EvidenceType("in_upper_title", gettext_noop("stands above the tables of the sheet")),
    EvidenceType("in_other_sheet", gettext_noop("stands on a sheet without a table")),
    EvidenceType("word_named", gettext_noop("a name or unit the portal knows")),
    EvidenceType("word_of_form", gettext_noop("a word of forms and tables that says nothing about figures")),
    EvidenceType("word_of_period", gettext_noop("a period, held against that of the indicators")),
    EvidenceType("word_unknown", gettext_noop("not known, or it may restrict what the values are")),
    EvidenceType("of_supplier", gettext_noop("whoever sent the file")),
    EvidenceType("person_chose_constant", gettext_noop("set by a person")),
    EvidenceType("only_one_asked", gettext_noop("nobody else is asked for these figures")),
    EvidenceType("stated_nowhere", gettext_noop("nothing says otherwise")),
    EvidenceType(
        "region_is_owner", gettext_noop("only the Länder are asked for this figure, and the table is by Land")
    ),
)
