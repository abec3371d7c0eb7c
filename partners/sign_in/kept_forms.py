"""Forms sent after their session had ended, or to choose a language: kept, and shown to their sender alone.

A page gives its form a signed mark of the person it was shown to and of its address. A form with a valid mark
that arrives without a session, or with the token of a former one, is put into the browser's session as it
was sent, carried through the sign-in, and filled in again on its page. Nothing of it is stored before that
person saves it. A form that is sent to another address than its page's names the page in its mark. In the
same way a form goes into another language, by the buttons that it begins with, where no script does that.
"""

from collections.abc import Callable, Container
from typing import Any, NamedTuple, TypeVar

from django import forms
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone

MARK = "kept_for"
"""The field of the form that holds the mark."""

_SALT = "partners.kept_forms"
_IN_SESSION = "kept_form"
_MARK_HOURS, _KEPT_HOURS = 48, 12
_MOST_CHARACTERS = 500_000
_NOT_KEPT = {MARK, "csrfmiddlewaretoken"}

View = TypeVar("View", bound=Callable[..., Any])
Form = TypeVar("Form", bound=forms.BaseForm)


class SignedMark(NamedTuple):
    """Who was shown the form, where it is sent to, and the page it stands on."""

    owner: int
    path: str
    page: str


def keeps_posted_form(view: View) -> View:
    """Have what is posted to the view kept when its session has ended; the view fills it in again."""
    view.keeps_posted_form = True  # type: ignore[attr-defined]  # read below, as Django does with csrf_exempt
    return view


def mark_for(request: HttpRequest, path: str, page: str = "") -> str:
    """The mark for a form of the person of the request that is sent to ``path`` and stands on ``page``."""
    return signing.dumps([request.user.pk, path, page or path], salt=_SALT)


def stands_on(request: HttpRequest, page: str) -> None:
    """Name the page that shows a form again, where its address takes nothing but what the form sends."""
    if request.method == "POST":
        request.page_of_form = page  # type: ignore[attr-defined]  # read below


def page_of(request: HttpRequest) -> str:
    """The address that shows the page of this request again."""
    page: str = getattr(request, "page_of_form", "") or request.get_full_path()
    return page


def is_of_somebody_else(request: HttpRequest, path: str) -> bool:
    """Whether the form comes from a page for ``path`` that was not shown to the person of the request.

    Signed in again as somebody else, a browser must not save what was typed before in that person's name.
    """
    text = request.POST.get(MARK, "")
    mark = _read(text, path)
    return bool(text) and (mark is None or mark.owner != request.user.pk)


def keep(request: HttpRequest) -> str | None:
    """Keep what was posted, if its view wants that and the mark is valid: a signed-in person's own alone.

    Returns the address of the page that shows it again.
    """
    mark = _read(request.POST.get(MARK, ""), request.path)
    if mark is None or (request.user.is_authenticated and request.user.pk != mark.owner):
        return None
    if not _put(request, mark, _NOT_KEPT, is_carried=False):
        return None
    return request.get_full_path() if mark.page == request.path else mark.page


def carry(request: HttpRequest, chosen: str) -> bool:
    """Keep a form that was sent to choose a language, by the field ``chosen``, for its page to show again.

    A signed-in person's own alone; one whose session has ended is kept for after the sign-in.
    """
    is_signed_in = request.user.is_authenticated
    mark = _read(request.POST.get(MARK, ""))
    if mark is None or (is_signed_in and request.user.pk != mark.owner):
        return False
    return _put(request, mark, {*_NOT_KEPT, chosen}, is_carried=is_signed_in)


def _put(request: HttpRequest, mark: SignedMark, but: Container[str], *, is_carried: bool) -> bool:
    """Into the session of the browser; False where the view does not want it, or it is too much."""
    fields = {name: values for name, values in request.POST.lists() if name not in but}
    if sum(len(name) + sum(map(len, values)) for name, values in fields.items()) > _MOST_CHARACTERS:
        return False
    try:
        view = resolve(mark.path).func
    except Resolver404:
        return False
    if not getattr(view, "keeps_posted_form", False):
        return False
    request.session[_IN_SESSION] = {
        "owner": mark.owner,
        "path": mark.path,
        "at": timezone.now().timestamp(),
        "fields": fields,
        "is_carried": is_carried,
    }
    return True


def filled(request: HttpRequest, form: Form, path: str = "") -> Form:
    """The same form; with what was typed into it before the session ended, for its sender to send again.

    ``path``: where it is sent to, if not to its page. What is posted anew takes the place of what was kept.
    """
    address = path or request.path
    if form.is_bound:
        if request.method == "POST" and request.session.get(_IN_SESSION, {}).get("path") == request.path:
            forget(request)
        return form
    if (fields := kept(request, address)) is None:
        return form
    fill_in(form, fields)
    form.is_kept = True  # type: ignore[attr-defined]  # read by templates
    form.is_carried = is_carried(request)  # type: ignore[attr-defined]  # as above
    return form


def fill_in(form: forms.BaseForm, fields: QueryDict) -> None:
    """Show what was typed without judging it."""
    for name, field in form.fields.items():
        if field.widget.needs_multipart_form:
            continue  # a file is not kept
        form.initial[name] = field.widget.value_from_datadict(fields, {}, form.add_prefix(name))
        field.initial = form.initial[name]


def is_carried(request: HttpRequest) -> bool:
    """Whether what is kept was sent to choose a language, and not when its session had ended."""
    return bool(request.session.get(_IN_SESSION, {}).get("is_carried"))


def kept(request: HttpRequest, path: str = "") -> QueryDict | None:
    """What this person sent to this address and nobody has saved; what is another's or old is dropped.

    While an administrator sees the portal as another person, their own stays for when they are back.
    """
    found = request.session.get(_IN_SESSION)
    if found is None or getattr(request, "impersonation", None) is not None:
        return None
    age = timezone.now().timestamp() - found["at"]
    if found["owner"] != request.user.pk or age > _KEPT_HOURS * 3600:
        forget(request)
        return None
    if found["path"] != (path or request.path):
        return None
    fields = QueryDict(mutable=True)
    for name, values in found["fields"].items():
        fields.setlist(name, values)
    return fields


def forget(request: HttpRequest) -> None:
    request.session.pop(_IN_SESSION, None)


def _read(mark: str, path: str = "") -> SignedMark | None:
    """The mark, if it is valid and, where a path is given, for that path."""
    try:
        found = SignedMark(*signing.loads(mark, salt=_SALT, max_age=_MARK_HOURS * 3600))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return found if path in ("", found.path) else None
