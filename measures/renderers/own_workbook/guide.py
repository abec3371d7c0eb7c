"""The sheet of instructions, from the same definitions as the portal's own checks."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from measures.absence_words import WRITTEN
from measures.renderers.own_workbook.content import Content, RequestedIndicator
from measures.renderers.own_workbook.formats import Formats, height_of, set_up
from measures.renderers.own_workbook_keys import QUALITY_WORDS, SHEETS, VERSION

_TERM_WIDTH, _TEXT_WIDTH = 34, 110


def write_guide(workbook: Workbook, formats: Formats, content: Content) -> None:
    sheet = workbook.add_worksheet(SHEETS[content.language]["guide"])
    title = _("How to fill in this workbook")
    set_up(sheet, title)
    sheet.set_column(0, 0, _TERM_WIDTH)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    sheet.write_string(0, 0, title, formats.title)
    guide = _Guide(sheet, formats)
    _write_frame(guide, content)
    _write_steps(guide, content)
    _write_signs(guide, content)
    _write_indicators(guide, content)
    _write_rules(guide, content)


class _Guide:
    """Sections of a term and a text each, from top to bottom."""

    def __init__(self, sheet: Worksheet, formats: Formats) -> None:
        self.sheet = sheet
        self.formats = formats
        self.row = 1

    def section(self, title: str) -> None:
        self.sheet.write_string(self.row + 1, 0, title, self.formats.section)
        self.row += 2

    def add(self, term: str, text: str) -> None:
        self.sheet.write_string(self.row, 0, term, self.formats.text)
        self.sheet.write_string(self.row, 1, text, self.formats.text)
        self.sheet.set_row(self.row, height_of((term, _TERM_WIDTH), (text, _TEXT_WIDTH)))
        self.row += 1


def _write_frame(guide: _Guide, content: Content) -> None:
    guide.section(_("Who and when"))
    guide.add(_("Organisation"), f"{content.organisation.label} ({content.organisation.code})")
    guide.add(_("Reporting year"), str(content.year))
    guide.add(
        _("Time for recording"),
        _("%(first)s to %(last)s")
        % {
            "first": date_format(content.opens_on, "DATE_FORMAT"),
            "last": date_format(content.closes_on, "DATE_FORMAT"),
        },
    )
    guide.add(_("Version of the workbook"), f"{VERSION} ({content.id})")


def _write_steps(guide: _Guide, content: Content) -> None:
    report = SHEETS[content.language]["report"]
    guide.section(_("What to do"))
    steps = (
        _(
            "Fill in the white cells of the sheet “%(report)s”. Grey cells are protected, without a "
            "password; last year's values stand there for comparison and are never read."
        )
        % {"report": report},
        _("Values already recorded for this year are filled in. What you change here changes them."),
        _(
            "Write 0 where there is nothing at all. Leave a cell empty if you do not report it: an empty "
            "cell is never taken for 0 and never deletes what is stored."
        ),
        _(
            "Each indicator has a row for all target groups together and, where they are asked for, one for "
            "each group. Groups overlap and are not added up."
        ),
        _(
            "Where occupations are asked for, there are rows for them below the indicator: choose one from "
            "the list or write its KldB code and name. Use codes of the same number of digits throughout one "
            "indicator. The total over all occupations has a row of its own."
        ),
        _("Leave the quality empty if the value is final. What you write as a note goes with the value."),
        _(
            "You may rename the file, its sheets and headings, add columns and save in another format (xlsx, "
            "ods, xls, csv). Only the hidden rows and columns must stay."
        ),
        _(
            "Upload the file under “Import”. The portal recognises it and shows what would change; nothing "
            "is stored until you apply it."
        ),
    )
    for number, step in enumerate(steps, 1):
        guide.add(str(number), step)


def _write_signs(guide: _Guide, content: Content) -> None:
    guide.section(_("Signs in place of a number"))
    for absence, sign in WRITTEN[content.language].items():
        guide.add(sign, content.absences[absence])
    guide.section(_("Quality of a value"))
    guide.add(
        ", ".join(QUALITY_WORDS[content.language].values()), _("Choose from the list; empty means final.")
    )


def _write_indicators(guide: _Guide, content: Content) -> None:
    guide.section(_("The indicators asked for"))
    for asked in content.indicators:
        guide.add(asked.name, _about(asked))


def _about(asked: RequestedIndicator) -> str:
    parts = (
        asked.definition,
        _("Unit: %(unit)s") % {"unit": asked.unit},
        _("Period: %(period)s") % {"period": asked.period},
        _("Source: %(source)s") % {"source": asked.source} if asked.source else "",
    )
    return "\n".join(part for part in parts if part)


def _write_rules(guide: _Guide, content: Content) -> None:
    guide.section(_("What your values are checked for"))
    for rule in content.checks:
        guide.add(rule.severity, rule.text)
    guide.section(_("Why a value is not applied"))
    for rule in content.holding:
        guide.add(rule.severity, rule.text)
