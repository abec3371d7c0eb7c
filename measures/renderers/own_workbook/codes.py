"""The sheet of lists: what the drop-downs offer, and the codes behind the words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from measures.absence_words import SIGNS as SIGNS_OF_STATISTICS
from measures.absence_words import WORDS, WRITTEN
from measures.renderers.own_workbook.content import Content, Name
from measures.renderers.own_workbook.formats import Formats, height_of, set_up
from measures.renderers.own_workbook_keys import QUALITY_WORDS, SHEETS

REGIONS, SIGNS, QUALITIES = (
    "portal_regions",
    "portal_signs",
    "portal_qualities",
)
FIRST = 3
_CODE_WIDTH, _LABEL_WIDTH = 14, 46


def occupations_list(digits: int) -> str:
    return f"portal_occupations_{digits}"


def target_groups_list(number: int) -> str:
    return f"portal_target_groups_{number}"


def occupation_text(occupation: Name) -> str:
    """Code and label in one cell, so that a leading zero stays and either can be searched for."""
    return f"{occupation.code} {occupation.label}" if occupation.code.isdigit() else occupation.label


def write_codes(workbook: Workbook, formats: Formats, content: Content) -> None:
    name = SHEETS[content.language]["codes"]
    sheet = workbook.add_worksheet(name)
    set_up(sheet, _("Code lists"))
    sheet.write_string(0, 0, _("Code lists"), formats.title)
    lists = _Lists(workbook, sheet, formats, name)
    lists.add(_("Indicator"), [Name(asked.code, asked.name) for asked in content.indicators])
    groups = list(content.target_group_lists.values())
    for number, names in enumerate(groups or [content.target_groups]):
        lists.add(_("Target group"), names, named=target_groups_list(number))
    lists.add(_("Land"), content.regions, named=REGIONS)
    for digits, occupations in content.occupations.items():
        lists.add(
            _("Occupation (KldB 2010), digits: %(digits)s") % {"digits": digits},
            [Name(occupation.code, occupation_text(occupation)) for occupation in occupations],
            named=occupations_list(digits),
        )
    lists.add(
        _("Sign in place of a number"),
        [Name(content.absences[absence], sign) for sign, absence in signs(content.language).items()],
        named=SIGNS,
    )
    words = QUALITY_WORDS[content.language]
    lists.add(_("Quality"), [Name(quality, word) for quality, word in words.items()], named=QUALITIES)
    sheet.freeze_panes(FIRST, 0)
    sheet.repeat_rows(FIRST - 1)


def signs(language: str) -> dict[str, str]:
    """What is read without a question -> its absence, what the workbook itself writes first.

    Programs compare without regard to capital letters, so each is listed in one way of writing.
    """
    found = {sign: absence for absence, sign in WRITTEN[language].items()}
    for absence in WRITTEN[language]:
        for sign in (*SIGNS_OF_STATISTICS.get(absence, ()), *WORDS[absence]):
            if sign.casefold() not in map(str.casefold, found):
                found[sign] = absence
    return found


class _Lists:
    """Lists side by side, each a column of codes and one of words."""

    def __init__(self, workbook: Workbook, sheet: Worksheet, formats: Formats, name: str) -> None:
        self.workbook = workbook
        self.sheet = sheet
        self.formats = formats
        self.name = name
        self.column = 0
        self.heights: dict[int, float] = {}

    def add(self, title: str, entries: Sequence[Name], *, named: str = "") -> None:
        code, label = self.column, self.column + 1
        self.sheet.set_column(code, code, _CODE_WIDTH)
        self.sheet.set_column(label, label, _LABEL_WIDTH)
        self.sheet.write_string(FIRST - 1, code, pgettext("catalogue", "Code"), self.formats.head)
        self.sheet.write_string(FIRST - 1, label, title, self.formats.head)
        for row, entry in enumerate(entries, FIRST):
            self.sheet.write_string(row, code, entry.code, self.formats.text)
            self.sheet.write_string(row, label, entry.label, self.formats.text)
            self.heights[row] = max(self.heights.get(row, 0), height_of((entry.label, _LABEL_WIDTH)) or 0)
            self.sheet.set_row(row, self.heights[row] or None)
        if named and entries:
            area = xl_range_abs(FIRST, label, FIRST + len(entries) - 1, label)
            self.workbook.define_name(named, f"='{self.name}'!{area}")
        self.column += 3
        self.sheet.set_column(self.column - 1, self.column - 1, 3)
