"""A worker killed in the middle of a list: nothing half is stored, and another does it once more."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.enums import TransferProblem
from partners.models import ListTransfer, Organisation
from partners.services.list_transfers.requests import Asked, request_import
from partners.tasks import continue_list_transfers, transfer_next_list
from tests.factories import MembershipFactory
from tests.measures.imports.workers import barrier, kill, somebody_waits, start_worker, until

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("transactional_db")]

WRITING = "BEFORE UPDATE ON partners_organisation FOR EACH ROW WHEN (NEW.code = 'IHK-142')"
RENAMED = b"code,name_de\nIHK-103,Umbenannt\nIHK-142,Umbenannt\n"


@pytest.fixture
def transfer(settings, tmp_path) -> ListTransfer:
    """An import that has been looked at and confirmed."""
    settings.MEDIA_ROOT = tmp_path
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    made = request_import(
        person=steward,
        asked=Asked("partners.organisation", "csv", "liste.csv"),
        upload=SimpleUploadedFile("liste.csv", RENAMED),
    )
    ListTransfer.objects.update(status="confirmed")
    return made


def renamed() -> int:
    return Organisation.objects.filter(name_de="Umbenannt").count()


def kill_one_while_it_writes() -> None:
    with barrier(WRITING):
        worker = start_worker("transfer_next_list", "partners")
        until(somebody_waits)
        assert ListTransfer.objects.get().attempts >= 1
        kill(worker)


def test_another_worker_does_it_once_more(transfer):
    kill_one_while_it_writes()
    assert (ListTransfer.objects.get().status, renamed()) == ("confirmed", 0)

    continue_list_transfers()  # as beat does every minute

    assert (ListTransfer.objects.get().status, renamed()) == ("done", 2)


def test_what_kills_two_workers_is_given_up_with_its_reason(transfer):
    kill_one_while_it_writes()
    kill_one_while_it_writes()

    transfer_next_list()

    left = ListTransfer.objects.get()
    assert (left.status, left.problem, renamed()) == ("failed", TransferProblem.BROKEN_OFF, 0)


def test_second_worker_passes_by_what_the_first_has_in_hand(transfer):
    with barrier(WRITING):
        worker = start_worker("transfer_next_list", "partners")
        until(somebody_waits)
        transfer_next_list()
        assert (ListTransfer.objects.get().status, ListTransfer.objects.get().attempts) == ("confirmed", 1)

    worker.wait(60)
    assert (ListTransfer.objects.get().status, renamed()) == ("done", 2)
