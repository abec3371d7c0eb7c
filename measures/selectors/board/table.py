"""The board as a plain table, for a file."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from measures.renderers.tables import PlainTable
from measures.selectors.board.rows import BoardRow


def table_of(rows: Iterable[BoardRow], year: int) -> PlainTable:
    """One line for each organisation, in the language of the moment."""
    header = [
        _("Organisation"),
        pgettext("catalogue", "Code"),
        _("Kind"),
        _("Umbrella"),
        _("Land"),
        _("Reporting round"),
        _("Status"),
        _("Indicators reported"),
        _("Indicators asked"),
        _("Due on"),
        _("Days until the due date"),
        _("Overdue"),
        _("Last activity"),
        _("Last reminder"),
        _("Contact"),
        _("E-mail address"),
    ]
    return PlainTable(_("Who is missing %(year)s") % {"year": year}, header, [_line(each) for each in rows])


def _line(row: BoardRow) -> list[object]:
    submission, organisation = row.submission, row.submission.organisation
    last = row.last_activity
    return [
        organisation.short_name,
        organisation.code,
        organisation.get_kind_display(),
        getattr(submission, "umbrella", None) or "",
        organisation.region.name,
        submission.round.year,
        ", ".join(map(str, row.status_labels)),
        submission.reported_count,
        submission.item_count,
        submission.due_on,
        row.days_left,
        _("yes") if row.is_overdue else _("no"),
        timezone.localdate(last) if last else None,
        row.reminded_on,
        "; ".join(each.name for each in row.contacts),
        "; ".join(
            f"{each.email} ({_('mails do not arrive')})" if each.is_bounced else each.email
            for each in row.contacts
        ),
    ]
