"""A long list from the form of the administration to the download; a file to the confirmed import."""

from django.core.files.base import ContentFile
from django.urls import reverse
from playwright.sync_api import expect

from partners.models import ListTransfer, Organisation
from partners.services.list_transfers import work
from partners.tasks import transfer_next_list
from tests.factories import MembershipFactory

CHANGES = "code,name_de\nIHK-142,Industrie- und Handelskammer Neu\n"


def waiting(person, direction="export", content="") -> ListTransfer:
    transfer = ListTransfer(
        person=person,
        direction=direction,
        list_of="partners.organisation",
        format="csv",
        language="de",
        name="Organisation-2026-11-29-mit-einem-ziemlich-langen-namen.csv",
        keys=list(Organisation.objects.values_list("pk", flat=True)),
        row_count=Organisation.objects.count(),
    )
    if content:
        transfer.file.save("list.csv", ContentFile(content.encode()), save=False)
    transfer.save()
    return transfer


def test_page_waits_for_the_worker_and_then_offers_the_download(page, enter, assert_accessible):
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    transfer = waiting(steward)
    enter(steward)
    page.goto(reverse("partners:list_transfer", args=[transfer.pk]))
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert_accessible()

    transfer_next_list()  # the page asks again by itself
    expect(page.get_by_role("status")).to_contain_text("Die Datei ist bereit")
    assert_accessible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Herunterladen").click()

    assert download.value.suggested_filename == transfer.name
    page.goto(reverse("partners:list_transfers"))
    assert_accessible()


def test_import_is_looked_at_confirmed_and_written(page, enter, assert_accessible):
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    transfer = waiting(steward, "import", CHANGES)
    work.do(transfer)
    enter(steward)
    page.goto(reverse("partners:list_transfer", args=[transfer.pk]))
    expect(page.locator("ins").first).to_contain_text("Neu")
    assert_accessible()

    page.get_by_role("button", name="Import schreiben").click()

    expect(page.get_by_role("status")).to_contain_text("Der Import ist gespeichert")
    assert Organisation.objects.get(code="IHK-142").name_de == "Industrie- und Handelskammer Neu"
    assert_accessible()


def test_import_with_errors_names_rows(page, enter, assert_accessible):
    steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    transfer = waiting(steward, "import", "code,kind\nIHK-142,club\nIHK-103,verein\n")
    work.do(transfer)
    enter(steward)

    page.goto(reverse("partners:list_transfer", args=[transfer.pk]))

    expect(page.get_by_text("Zeile 2:")).to_be_visible()
    expect(page.get_by_role("button", name="Import schreiben")).to_have_count(0)
    assert_accessible()
