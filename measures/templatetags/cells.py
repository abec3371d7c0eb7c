"""What a page writes for each of hundreds of cells: in Python, where a template takes ten times as long."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from measures.selectors.recording.cells import EntryCell
from partners.templatetags.portal import absence_label, number, plain_number, signed, signed_percent

register = template.Library()

_NOTHING = SafeString("")
_NO_NUMBER = SafeString('<span class="portal-muted">–</span>')


@register.simple_tag
def cell_field(cell: EntryCell) -> SafeString:
    """The field of a cell, with what describes it to people who do not see the page."""
    return format_html(
        '<input class="portal-num" id="value-{name}" name="value-{name}" value="{text}" inputmode="{mode}"'
        ' autocomplete="off" maxlength="60" aria-label="{label}"'
        ' aria-describedby="state-{name} note-{name} before-{name}"{invalid} data-cell="{name}">',
        name=cell.name,
        text=cell.text,
        mode="text" if cell.item.indicator.may_be_negative else "numeric",
        label=cell.label,
        invalid=_NOTHING if cell.typed is None else SafeString(' aria-invalid="true"'),
    )


@register.simple_tag
def live_attributes(cell: EntryCell) -> SafeString:
    """The numbers that scripts reckon with: last year's, the one stored, and the sum of the occupations.

    The sum is there, and empty, where there are occupations and none of them has a value.
    """
    found = {"before": cell.last_year.value, "stored": cell.entry.value}
    shown = {name: plain_number(value) for name, value in found.items() if value is not None}
    if parts := cell.occupations:
        shown["parts"] = plain_number(parts.parts_sum)
    return SafeString("".join(f' data-{name}="{number}"' for name, number in shown.items()))


@register.simple_tag
def last_year(cell: EntryCell) -> SafeString:
    """What was stated last year and, where that is a number, the change since."""
    before = cell.last_year
    if before.value is not None:
        shown = number(before.value)
    else:
        shown = _NO_NUMBER if before.is_empty else absence_label(before.absence)
    line = format_html('<small id="before-{}">{} ({})</small>', cell.name, shown, cell.year_before)
    if before.value is None:
        return line
    return format_html("{}<small data-change>{}</small>", line, _change(cell))


def _change(cell: EntryCell) -> str:
    if cell.change.is_empty:
        return ""
    ratio = cell.change_ratio
    change = signed(cell.change.value)
    return change if ratio is None else f"{change} ({signed_percent(ratio)})"
