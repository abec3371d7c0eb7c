from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import connection, transaction
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    JsonResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from partners.permissions import Access, access_for
from partners.sign_in import devices, kept_forms

if TYPE_CHECKING:
    from partners.models import Impersonation

CHOSEN_ORGANISATION = "chosen_organisation"
"""In the session: the id of the organisation to which somebody with several has narrowed their lists."""

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

METHODS = ("GET", "HEAD", "OPTIONS", "POST")

OUTSIDE_OF_TRANSACTIONS = {
    "account_email": "allauth writes a person's address into its list of addresses when they open it",
    "openid_connect_callback": "a sign-in service sends people back by GET, and signing in writes",
}
"""The views, by name, whose GET requests run without the read-only transaction, each with its reason."""

STORABLE = frozenset(
    {
        "pages:about",
        "pages:imprint",
        "pages:privacy",
        "pages:accessibility",
        "pages:easy",
        "public:home",
        "public:reports",
        "public:report_latest",
        "public:report",
        "public:document",
        "public:manifest",
        "public:signature",
        "public:keys",
        "public:feed",
        "public:data",
        "public:data_set",
        "public:data_csv",
        "public:search",
        "sitemap",
        "robots",
    }
)
"""The views, by name, that show the same to all who are not signed in: caches may keep what they answer."""

STORED_ANSWERS = (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
STORED_FOR = 60
"""Seconds. A page is stored only when it was there: a refusal before a publication is not kept beyond it."""


class CallbackInReadingRequestError(RuntimeError):
    """Something was to be done after a request that only reads, where nothing would keep it from writing."""


class PortalRequest(HttpRequest):
    """A request as views get it: ``access`` holds the rights of its person."""

    access: Access
    impersonation: "Impersonation | None"
    """Set while an administrator sees the portal as the person of the request does."""


class AccessMiddleware:
    """Compute a person's rights once per request, and only when somebody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        request.access = SimpleLazyObject(  # type: ignore[assignment]  # behaves as one
            lambda: access_for(request.user, _chosen_organisation(request))
        )
        return self.get_response(request)


def _chosen_organisation(request: PortalRequest) -> int | None:
    """What the session says; it is not that of the person whose pages an administrator sees."""
    if getattr(request, "impersonation", None) is not None:
        return None
    chosen: int | None = request.session.get(CHOSEN_ORGANISATION)
    return chosen


class MethodMiddleware:
    """Answer 405 to whatever is neither reading nor sending a form, before anybody looks who asks for what.

    Views made by others take PUT for POST, and refuse in their own ways. Whoever opens an address that takes
    nothing but forms gets a page in words.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        response = self.get_response(request)
        is_opened = request.method == "GET" and request.accepts("text/html")
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not is_opened:
            return response
        page = render_to_string("405.html", {"request_id": getattr(request, "request_id", "")})
        return HttpResponse(
            page,
            status=HTTPStatus.METHOD_NOT_ALLOWED,
            headers={"Allow": response.headers.get("Allow", "POST")},
        )


class ConfidentialityMiddleware:
    """Let nobody keep a copy of a page, a file or data that are not public by name, nor of a signed-in page.

    It stands before everything that answers, so that refusals, redirects and errors are covered as well. What
    is served from the folder of static files is the same for everybody, and says so itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Reporting-Endpoints", settings.REPORTING_ENDPOINTS)
        if _is_the_same_for_all(request, response):
            response.headers.setdefault("Cache-Control", f"public, max-age={STORED_FOR}")
        elif not _is_static(request, response):
            response.headers["Cache-Control"] = "private, no-store"
        return response


def _is_static(request: HttpRequest, response: HttpResponseBase) -> bool:
    return isinstance(response, FileResponse) and request.path_info.startswith(str(settings.STATIC_URL))


def _is_the_same_for_all(request: HttpRequest, response: HttpResponseBase) -> bool:
    user = getattr(request, "user", None)  # there is none where a request was refused before
    return (
        response.status_code in STORED_ANSWERS
        and user is not None
        and not user.is_authenticated
        and view_name(request) in STORABLE
    )


class SignInMiddleware(LoginRequiredMiddleware):
    """Send whoever is not signed in to the sign-in page; answer scripts and programs with 401.

    A redirect would reach them as the sign-in page with 200, as if the request had succeeded. That a session
    ended because the account was deactivated is answered in the same way. What was typed into a form whose
    session has ended is kept where the form provides for it.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: Any,
        view_kwargs: Any,
    ) -> HttpResponseBase | None:
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is None:
            return None
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        if not request.accepts("text/html"):
            return JsonResponse({"detail": _("Sign in first.")}, status=HTTPStatus.UNAUTHORIZED)
        if request.method != "POST":
            return answer
        if page := kept_forms.keep(request):
            return redirect_to_login(page)
        if devices.is_known(request):  # a stranger had no session, and gets none for what they send
            messages.warning(request, _("Your session had ended. What you pressed has not been done."))
        return redirect_to_login(_page_before(request))


def _page_before(request: HttpRequest) -> str:
    """The page of the portal from which a form was sent; the form's own address may show none."""
    before = urlsplit(request.headers.get("Referer", ""))
    is_ours = before.netloc == request.get_host()
    return urlunsplit(("", "", before.path, before.query, "")) if is_ours and before.path else "/"


class ReadOnlyMiddleware:
    """Run what only reads in a transaction in which PostgreSQL refuses every write.

    It stands last in the list, so that views, templates rendered late and the pages of errors run inside,
    while what surrounds the view still writes: the session is saved and messages are stored outside. What an
    administrator sees as another person runs in it whatever the method.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_impersonated = getattr(request, "impersonation", None) is not None
        writes = request.method not in READING_METHODS or view_name(request) in OUTSIDE_OF_TRANSACTIONS
        if writes and not is_impersonated:
            return self.get_response(request)
        # Loading the person may write: a session whose password has changed is deleted on the way.
        request.user.is_authenticated  # noqa: B018  # loads the person
        with read_only_transaction():
            response = self.get_response(request)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                transaction.set_rollback(True)  # an error of the database leaves nothing to commit
        # A streamed answer is produced after this transaction. Files come from the disk and need none.
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            response.streaming_content = _streamed(iter(response))
        return response


@contextmanager
def read_only_transaction() -> Iterator[None]:
    """A transaction, or a part of one, in which every write fails; what surrounds it writes as before.

    Nothing may be put off until after it: that would run when writing is possible again.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        known = len(connection.run_on_commit)
        yield
        if len(connection.run_on_commit) > known and not connection.needs_rollback:
            raise CallbackInReadingRequestError("transaction.on_commit in a request that only reads")


def _streamed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a streamed answer, in one read-only transaction from the first to the last."""
    with read_only_transaction():
        yield from pieces


def view_name(request: HttpRequest) -> str:
    """Looked up once for each request, although several that surround the view decide by it."""
    known: dict[str, Any] = vars(request)
    if "view_name" not in known:
        try:
            known["view_name"] = resolve(request.path_info).view_name
        except Resolver404:
            known["view_name"] = ""
    name: str = known["view_name"]
    return name
