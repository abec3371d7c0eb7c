"""The releases as an Atom feed."""

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from reporting.selectors.public.releases import ReleaseStanding, editions, newest_first

if TYPE_CHECKING:
    from django.http import HttpRequest

    from reporting.selectors.public.releases import Release

LONGEST = 100
_NOT_FOR_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Such as the line break that Word pastes: one of them in a reason would be an error of the whole feed."""


@login_not_required
@require_safe
def feed(request: "HttpRequest") -> HttpResponse:
    """The last releases, corrections and withdrawals, each under its permanent address."""
    portal = settings.PORTAL_ADDRESS
    language = get_language() or "de"
    atom = Atom1Feed(
        title=gettext("Progress reports of the Alliance for Initial and Further Training"),
        link=f"{portal}{reverse('public:reports')}",
        feed_url=f"{portal}{reverse('public:feed')}",
        description="",
        language=language,
        author_name=gettext("Alliance for Initial and Further Training"),
    )
    for release in newest_first(editions())[:LONGEST]:
        address = f"{portal}{release.address}"
        atom.add_item(
            title=_title(release),
            link=address,
            unique_id=address,
            description=_NOT_FOR_XML.sub(
                " ", release.withdrawal or release.correction or _published(release)
            ),
            pubdate=release.released_at,
            updateddate=release.report.withdrawn_at or release.released_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _title(release: "Release") -> str:
    title = release.name
    if release.standing is ReleaseStanding.WITHDRAWN:
        return gettext("Withdrawn: %(title)s") % {"title": title}
    return title


def _published(release: "Release") -> str:
    return gettext("Published on %(day)s.") % {
        "day": date_format(localtime(release.released_at), "DATE_FORMAT")
    }
