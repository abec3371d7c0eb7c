"""Long lists of the administration go through the queue: made once, for their owner alone, not for long."""

from io import BytesIO

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from partners.admin.organisations import OrganisationResource
from partners.enums import SecurityEventKind
from partners.files.orphans import find_orphans
from partners.models import ListTransfer, Membership, Organisation, SecurityEvent
from partners.services.list_transfers import work
from partners.services.list_transfers.memory import memory_of_at_most
from partners.services.list_transfers.requests import MOST_PENDING
from partners.services.list_transfers.turns import NAMESPACE
from partners.tasks import continue_list_transfers, transfer_next_list
from tests.disks import room_for
from tests.factories import MembershipFactory
from tests.queues import DEAD, broker, sending_to

pytestmark = pytest.mark.django_db

XLSX, CSV = "0", "1"
RENAMED = b"code,name_de\nIHK-142,Umbenannt\nIHK-103,IHK Aachen neu\n"
LANDS_ONLY, LANDS = "?kind__exact=land", 16


@pytest.fixture(autouse=True)
def steward(sign_in, settings, tmp_path):
    """A person whose lists are all long ones."""
    settings.LIST_ROWS_IN_A_REQUEST = 0
    settings.MEDIA_ROOT = tmp_path / "media"
    return sign_in("data_steward", "BMAS")


@pytest.fixture
def no_worker():
    """Requests find no queue; what they ask for waits in the database."""
    with sending_to(DEAD):
        yield


def ask_for_export(client, file_format=CSV, query=LANDS_ONLY):
    address = reverse("admin:partners_organisation_export") + query
    return client.post(address, {"format": file_format, "resource": ""})


def ask_for_import(client, content=RENAMED, file_format=CSV):
    name = "liste.xlsx" if file_format == XLSX else "liste.csv"
    data = {"format": file_format, "resource": "", "import_file": SimpleUploadedFile(name, content)}
    return client.post(reverse("admin:partners_organisation_import"), data)


def only() -> ListTransfer:
    return ListTransfer.objects.get()


def address(transfer, what=""):
    return reverse(f"partners:list_transfer{what}", args=[transfer.pk])


def text_of(client, transfer) -> str:
    return client.get(address(transfer)).content.decode()


def name_of(code):
    return Organisation.objects.get(code=code).name_de


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    """Carry out what requests leave for after their transaction."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.mark.parametrize(("limit", "is_queued"), [(LANDS, False), (LANDS - 1, True)])
def test_one_rule_decides_where_a_list_is_exported(client, settings, limit, is_queued):
    settings.LIST_ROWS_IN_A_REQUEST = limit

    answer = ask_for_export(client)

    assert (answer.status_code, ListTransfer.objects.count()) == ((302, 1) if is_queued else (200, 0))


@pytest.mark.parametrize(("limit", "is_queued"), [(3, False), (2, True)])
def test_and_where_one_is_imported(client, settings, limit, is_queued):
    settings.LIST_ROWS_IN_A_REQUEST = limit

    answer = ask_for_import(client)

    assert (answer.status_code, ListTransfer.objects.count()) == ((302, 1) if is_queued else (200, 0))


@pytest.mark.parametrize("file_format", [CSV, XLSX])
def test_a_worker_makes_the_same_file_as_a_request(client, settings, file_format):
    ask_for_export(client, file_format, "?kind__exact=land&o=3")
    transfer_next_list()
    made = b"".join(client.get(address(only(), "_file")))
    settings.LIST_ROWS_IN_A_REQUEST = 1000

    at_once = ask_for_export(client, file_format, "?kind__exact=land&o=3").content

    if file_format == CSV:
        assert made == at_once
    else:
        sheets = [list(load_workbook(BytesIO(each)).active.values) for each in (made, at_once)]
        assert sheets[0] == sheets[1]
    assert made.count(b"land") >= 16 or file_format == XLSX


def test_page_polls_until_the_file_is_there(client):
    page = client.get(ask_for_export(client).headers["Location"]).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert "Wartet" in page

    transfer_next_list()

    piece = client.get(address(only()), headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in piece
    assert address(only(), "_file") in piece
    assert only().name in client.get(reverse("partners:list_transfers")).content.decode()


def test_page_whose_list_was_removed_meanwhile_stops_asking(client):
    ask_for_export(client)
    gone = only()
    client.post(address(gone, "_discard"))

    answer = client.get(address(gone), headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == reverse("partners:list_transfers")
    assert client.get(address(gone)).status_code == 404


def test_import_changes_nothing_before_it_is_confirmed_and_is_logged(client, steward):
    before = name_of("IHK-142")
    ask_for_import(client)
    transfer_next_list()

    page = text_of(client, only())
    assert "<ins>" in page
    assert (name_of("IHK-142"), only().preview["totals"]["update"]) == (before, 2)

    client.post(address(only(), "_confirm"))
    transfer_next_list()
    transfer_next_list()

    assert (only().status, name_of("IHK-142")) == ("done", "Umbenannt")
    assert LogEntry.objects.filter(user=steward).count() == 2
    assert "Der Import ist gespeichert" in text_of(client, only())


@pytest.mark.parametrize(
    ("content", "file_format", "problem", "word"),
    [
        (b"code,kind\nIHK-142,club\n", CSV, "errors", "club"),
        (b"code,umbrella\nIHK-142,ZDH\nBA,ATLANTIS\n", CSV, "errors", "ATLANTIS"),
        (b"name\nIHK\n", CSV, "errors", "code"),
        (b"x\ny\n", XLSX, "unreadable", "nicht gelesen"),
    ],
)
def test_file_with_errors_is_refused_in_words(client, content, file_format, problem, word):
    ask_for_import(client, content, file_format)
    transfer_next_list()

    page = text_of(client, only())
    assert (only().status, only().problem) == ("failed", problem)
    assert word in page
    assert address(only(), "_confirm") not in page


def test_what_has_become_wrong_since_the_preview_is_written_not_at_all(client):
    ask_for_import(client, b"code,name_de,region\nIHK-103,Neu,\nHWK-99,Neue Kammer,05\n")
    transfer_next_list()
    assert only().problem == "errors"  # a new organisation lacks its kind
    ListTransfer.objects.update(status="confirmed", problem="", attempts=0)
    before = name_of("IHK-103")

    transfer_next_list()

    assert (only().status, only().problem) == ("failed", "errors")
    assert name_of("IHK-103") == before


def test_only_the_owner_finds_it(client, sign_in):
    ask_for_export(client)
    transfer_next_list()
    mine = only()
    sign_in("data_steward", "BMAS")

    answers = [client.get(address(mine, what)) for what in ("", "_file")]
    answers += [client.post(address(mine, what)) for what in ("_confirm", "_discard")]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert mine.name not in client.get(reverse("partners:list_transfers")).content.decode()
    assert ListTransfer.objects.exists()


def test_owner_who_has_lost_the_role_gets_neither_file_nor_work(client, steward):
    ask_for_export(client)
    Membership.objects.filter(user=steward).update(valid_from="2020-01-01", valid_until="2020-12-31")

    transfer_next_list()

    assert (only().status, only().problem) == ("failed", "not_allowed")
    client.force_login(steward)
    assert client.get(address(only())).status_code == 404


def test_auditor_exports_and_cannot_import(client, sign_in):
    sign_in("auditor", "BMAS")

    assert ask_for_export(client).status_code == 302
    assert ask_for_import(client).status_code == 403
    transfer_next_list()
    assert only().status == "ready"


def test_export_and_download_are_security_events(client, steward):
    ask_for_export(client, XLSX)
    transfer_next_list()
    b"".join(client.get(address(only(), "_file")))

    kinds = [SecurityEventKind.EXPORTED, SecurityEventKind.DOWNLOADED]
    events = SecurityEvent.objects.filter(person=steward, kind__in=kinds).order_by("pk")
    assert [event.kind for event in events] == kinds
    assert events[0].target == f"partners.organisation: {LANDS}, xlsx"


def test_one_person_has_so_many_waiting_and_no_more(client):
    for _ in range(MOST_PENDING):
        ask_for_export(client)

    answer = ask_for_export(client)

    assert ListTransfer.objects.count() == MOST_PENDING
    assert answer.headers["Location"] == reverse("partners:list_transfers")
    assert "Sie haben schon so viele Listen" in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.usefixtures("no_worker")
def test_whoever_was_served_longest_ago_comes_first(client, sign_in):
    for _ in range(2):
        ask_for_export(client)
    other = sign_in("auditor", "BMAS")
    ask_for_export(client)

    transfer_next_list()
    transfer_next_list()

    done = ListTransfer.objects.exclude(begun_at=None)
    assert done.count() == 2
    assert done.filter(person=other).count() == 1


def test_message_that_is_lost_is_sent_again(client, on_commit):
    with broker() as messages:
        ask_for_export(client)
        messages.forget_everything()
        continue_list_transfers()
        assert messages.count("lists") == 1

    transfer_next_list()
    assert only().status == "ready"


@pytest.mark.usefixtures("no_worker")
def test_export_asked_for_while_the_queue_is_down_is_kept(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask_for_export(client)

    assert answer.status_code == 302
    assert only().status == "waiting"
    assert not find_orphans()


def test_work_is_done_once_more_after_its_worker_died_and_then_given_up(client):
    ask_for_export(client)
    ListTransfer.objects.update(attempts=1)
    transfer_next_list()
    assert only().status == "ready"

    ListTransfer.objects.update(status="waiting", attempts=work.TRIES)
    transfer_next_list()
    assert (only().status, only().problem) == ("failed", "broken_off")
    assert "zweimal abgebrochen" in text_of(client, only())


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (SoftTimeLimitExceeded(), "too_long"),
        (MemoryError(), "no_memory"),
        (OperationalError("gone"), "failed"),
    ],
)
def test_limit_reached_in_the_middle_of_a_row_ends_the_import(client, monkeypatch, error, problem):
    """django-import-export would take it for an error of the row and go on to the next."""

    def raise_it(*args, **kwargs):
        raise error

    ask_for_import(client)
    monkeypatch.setattr(OrganisationResource, "before_save_instance", raise_it)

    transfer_next_list()
    transfer_next_list()

    assert (only().status, only().problem) == ("failed", problem)


def test_store_out_of_reach_is_tried_again_once(client, monkeypatch):
    ask_for_import(client)
    dataset, errors = work._dataset, [OSError("gone")]

    def fail_first(transfer):
        if errors:
            raise errors.pop()
        return dataset(transfer)

    monkeypatch.setattr(work, "_dataset", fail_first)

    transfer_next_list()
    assert only().status == "waiting"
    transfer_next_list()
    assert only().status == "ready"


def test_bug_is_reported_and_raised(client, monkeypatch):
    ask_for_export(client)

    def divide(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(OrganisationResource, "export", divide)

    with pytest.raises(ZeroDivisionError):
        transfer_next_list()

    assert (only().status, only().problem) == ("failed", "failed")


def test_full_disk_is_said_in_words_and_leaves_no_file(client, settings):
    ask_for_export(client)

    with room_for(1000):
        transfer_next_list()

    assert (only().status, only().problem, only().file.name) == ("failed", "no_room", "")
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    assert "Speicher" in text_of(client, only())


def test_memory_has_a_limit():
    with pytest.raises(MemoryError), memory_of_at_most(50 * 1024 * 1024):
        bytearray(200 * 1024 * 1024)

    assert bytearray(200 * 1024 * 1024)


def test_too_many_rows_are_refused_where_they_are_asked_for_and_where_they_are_read(client, settings):
    settings.LIST_MOST_ROWS = 1
    assert "zu lang" in ask_for_export(client).content.decode()

    ask_for_import(client)
    transfer_next_list()
    assert only().problem == "too_many"


def test_discarding_removes_the_file_and_makes_room(client, settings, on_commit):
    with sending_to(DEAD):
        ask_for_import(client)
        answer = client.post(address(only(), "_discard"))

    assert answer.headers["Location"] == reverse("partners:list_transfers")
    assert not ListTransfer.objects.exists()


def test_what_was_discarded_while_it_was_made_leaves_no_file(client, monkeypatch, settings):
    ask_for_export(client)
    export = OrganisationResource.export

    def discard_meanwhile(*args, **kwargs):
        ListTransfer.objects.all().delete()
        return export(*args, **kwargs)

    monkeypatch.setattr(OrganisationResource, "export", discard_meanwhile)
    transfer_next_list()

    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_after_a_day_row_and_file_are_gone(client, settings, django_capture_on_commit_callbacks):
    ask_for_export(client)
    transfer_next_list()
    old = only()
    ListTransfer.objects.update(expires_at=timezone.now())
    assert client.get(address(old, "_file")).status_code == 404
    assert not find_orphans()

    with django_capture_on_commit_callbacks(execute=True):
        continue_list_transfers()

    assert not ListTransfer.objects.exists()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("what", ["confirm", "discard"])
def test_button_pressed_twice_does_no_harm(client, what):
    ask_for_import(client)
    transfer_next_list()
    transfer = only()

    answers = [client.post(address(transfer, f"_{what}")).status_code for _ in range(2)]

    assert answers == [302, 302 if what == "confirm" else 404]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "failed"},
        {"problem": "failed"},
        {"status": "ready"},
        {"status": "done"},
        {"status": "lost"},
        {"direction": "sideways"},
    ],
)
def test_database_refuses_what_cannot_be(client, change):
    ask_for_export(client)

    with pytest.raises(IntegrityError), transaction.atomic():
        ListTransfer.objects.update(**change)


def test_waiting_lists_count_in_the_backlog_of_their_queue(client, capsys):
    ask_for_export(client)

    call_command("queue_state")

    (line,) = [line for line in capsys.readouterr().out.splitlines() if "lists" in line]
    assert "1" in line
    assert settings.CELERY_TASK_ROUTES["partners.transfer_next_list"] == {"queue": "lists"}


def test_person_at_work_in_another_worker_is_passed_by(client, steward, django_db_blocker):
    """The lock is held by a connection of its own, as a second worker would."""
    ask_for_export(client)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [NAMESPACE, steward.pk])
        transfer_next_list()
        assert only().status == "waiting"
    finally:
        other.close()

    transfer_next_list()
    assert only().status == "ready"


def test_row_of_another_steward_is_not_shown_in_the_list(client):
    stranger = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    ListTransfer.objects.create(
        person=stranger, direction="export", list_of="partners.organisation", format="csv", name="fremd.csv"
    )

    assert "fremd.csv" not in client.get(reverse("partners:list_transfers")).content.decode()
