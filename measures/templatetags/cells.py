"""What a page writes for each of hundreds of cells: in Python, where a template takes ten times as long."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from measures.selectors.recording.cells import EntryCell
from partners.templatetags.portal import absence_label, number, plain_number, signed, signed_percent

register = template.Library()

_NOTHING = SafeString("")
_NO_NUMBER = SafeString('<span class="portal-muted">–</span>')


@register.simple_tag(takes_context=True)
def entry_cell(context: Context, cell: EntryCell) -> SafeString:
    """A cell with all that is said about it. ``may``: what the person may do; ``submission``."""
    name = escape(cell.name)
    entry = cell.entry
    shown = (
        _field(cell, name)
        if context["may"].get("record")
        else _part(context, "recording/_value.html", value=entry.value, absence=entry.absence)
    )
    comments = _part(context, "recording/_comments.html", cell=cell) if cell.comments else _NOTHING
    return SafeString(
        f'<div class="portal-cell" id="cell-{name}">{shown}{cell_state(context, cell)}'
        f"{cell_note(context, cell)}{comments}{cell_live(context, cell)}</div>"
    )


def _field(cell: EntryCell, name: str) -> SafeString:
    """The field of a cell, with what describes it to people who do not see the page."""
    mode = "text" if cell.item.indicator.may_be_negative else "numeric"
    invalid = "" if cell.typed is None else ' aria-invalid="true"'
    return SafeString(
        f'<input class="portal-num" id="value-{name}" name="value-{name}" value="{escape(cell.text)}"'
        f' inputmode="{mode}" autocomplete="off" maxlength="60" aria-label="{escape(cell.label)}"'
        f' aria-describedby="state-{name} note-{name} before-{name}"{invalid} data-cell="{name}">'
    )


@register.simple_tag(takes_context=True)
def cell_state(context: Context, cell: EntryCell) -> SafeString:
    """What the page showed, and what became of what was typed."""
    name = escape(cell.name)
    outcome, sign, unsaved = "", ("", ""), _NOTHING
    if cell.typed is not None:
        outcome = f' data-outcome="open" data-typed="{escape(cell.typed)}"'
        sign = ("unsaved", gettext("not saved"))
        unsaved = _part(context, "recording/_unsaved_cell.html", cell=cell, name=name)
    elif context.get("is_answer"):
        outcome = ' data-outcome="stored"'
        sign = ("saved", gettext("saved"))
    seen = ""
    if context["may"].get("record"):
        seen = (
            f'<input type="hidden" id="seen-{name}" name="seen-{name}" value="{escape(cell.entry.token)}">'
            f'<span class="portal-cell__sign" data-sign="{sign[0]}">{escape(sign[1])}</span>'
        )
    return SafeString(
        f'<div id="state-{name}" class="portal-cell__state"{_swap(context)} data-for="{name}"'
        f' data-text="{escape(cell.stored_text)}"{outcome}>{seen}{unsaved}</div>'
    )


@register.simple_tag(takes_context=True)
def cell_note(context: Context, cell: EntryCell) -> SafeString:
    """What the checks and the review say."""
    notes = _part(context, "recording/_notes.html", cell=cell) if cell.has_notes else _NOTHING
    return SafeString(
        f'<div id="note-{escape(cell.name)}" class="portal-cell__note"{_swap(context)}>{notes}</div>'
    )


@register.simple_tag(takes_context=True)
def cell_live(context: Context, cell: EntryCell) -> SafeString:
    """Last year, the change and what is not broken down; scripts keep the latter two right meanwhile."""
    name = escape(cell.name)
    parts = _part(context, "recording/_broken_down.html", cell=cell) if cell.occupations else _NOTHING
    return SafeString(
        f'<div id="live-{name}" class="portal-live" data-live="{name}"{_live_attributes(cell)}'
        f"{_swap(context)}>{_last_year(cell, name)}{parts}</div>"
    )


def _swap(context: Context) -> str:
    """The elements of an answer take the place of those of the same name on the page."""
    return ' hx-swap-oob="true"' if context.get("is_answer") else ""


def _part(context: Context, template_name: str, **shown: Any) -> SafeString:
    """What few cells have, from a template."""
    found = context.template.engine.get_template(f"measures/{template_name}")
    with context.push(**shown):
        return found.render(context)


def _live_attributes(cell: EntryCell) -> str:
    """The numbers that scripts reckon with: last year's, the one stored, and the sum of the occupations.

    The sum is there, and empty, where there are occupations and none of them has a value.
    """
    found = {"before": cell.last_year.value, "stored": cell.entry.value}
    shown = {name: plain_number(value) for name, value in found.items() if value is not None}
    if parts := cell.occupations:
        shown["parts"] = plain_number(parts.parts_sum)
    return "".join(f' data-{name}="{number}"' for name, number in shown.items())


def _last_year(cell: EntryCell, name: str) -> SafeString:
    """What was stated last year and, where that is a number, the change since."""
    before = cell.last_year
    if before.value is not None:
        shown = number(before.value)
    else:
        shown = _NO_NUMBER if before.is_empty else absence_label(before.absence)
    line = format_html('<small id="before-{}">{} ({})</small>', name, shown, cell.year_before)
    if before.value is None:
        return line
    return format_html("{}<small data-change>{}</small>", line, _change(cell))


def _change(cell: EntryCell) -> str:
    if cell.change.is_empty:
        return ""
    ratio = cell.change_ratio
    change = signed(cell.change.value)
    return change if ratio is None else f"{change} ({signed_percent(ratio)})"
