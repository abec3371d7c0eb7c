"""Nobody sees what is not theirs: one file with figures of several chambers, looked at by one of them."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from measures.enums import Verdict
from measures.import_workflow import ImportStatus
from measures.models import ImportRun
from measures.services.imports.writing.apply import apply_import
from partners.enums import Role
from tests.measures.imports.collective import (
    AACHEN,
    COLOGNE,
    HELD,
    OTHERS,
    SHEET,
    as_text,
    collective_file,
    drafts,
    sent_for,
)
from tests.measures.spreadsheets import person, row, workbook
from tests.queries import exactly_queries

pytestmark = pytest.mark.django_db

READ = ("import_detail", "import_file", "import_marked", "import_report", "import_mapping", "import_discard")
PARTS = ("import_row", "import_undo", "import_explain")
WRITE = ("import_forget", "import_apply", "import_cancel", "import_resume", "import_apply_corrected")


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def collective():
    drafts()
    return sent_for(collective_file(), COLOGNE)


def address(run, name, part=None):
    return reverse(f"measures:{name}", args=[run.pk, part.pk] if part else [run.pk])


def preview(client, run, **asked):
    return client.get(address(run, "import_detail"), asked)


def every_address_to_read(run):
    parts = {
        "import_row": run.staged.all(),
        "import_undo": run.steps.all(),
        "import_explain": run.causes.all(),
    }
    yield from (address(run, name) for name in READ)
    yield from (address(run, name, part) for name, found in parts.items() for part in found)
    yield from (f"{address(run, 'import_detail')}?cause={cause.pk}" for cause in run.causes.all())
    yield from (
        f"{address(run, 'import_detail')}?{query}"
        for query in (
            "q=Aachen",
            *(f"verdict={value}" for value in Verdict.values),
        )
    )
    yield reverse("measures:import_list")


@pytest.mark.parametrize("is_applied", [False, True])
def test_named_chamber_finds_nothing_of_the_others_at_any_address(client, sign_in, collective, is_applied):
    if is_applied:
        apply_import(run_id=collective.pk, actor=collective.created_by, reason="Sammeldatei")
    sign_in("contributor", COLOGNE)

    leaking = {}
    for place in every_address_to_read(collective):
        answer = as_text(client.get(place))
        if found := sorted(text for text in OTHERS if text in answer):
            leaking[place] = found

    assert leaking == {}


@pytest.mark.parametrize("search", [str(SHEET), HELD, AACHEN])
def test_search_finds_nothing_of_the_others(client, sign_in, collective, search):
    sign_in("contributor", COLOGNE)

    assert preview(client, collective, q=search).context["rows"] == []


def test_named_chamber_sees_its_own_rows_with_what_is_stored(client, sign_in, collective):
    sign_in("contributor", COLOGNE)

    page = preview(client, collective)

    shown = page.context
    assert f"{collective.created_by} kann sie korrigieren, übernehmen oder verwerfen" in as_text(page)
    rows = [(each.organisation, each.staged.value, each.staged.old_value) for each in shown["rows"]]
    assert rows == [("IHK Köln", 8, 7), ("IHK Köln", None, None)]
    assert shown["rows"][1].message != ""
    assert [(cause.found, cause.cells, cause.count) for cause in shown["causes"]] == [("sieben", ["E3"], 1)]


def test_counts_are_of_the_rows_that_are_seen(client, sign_in, collective):
    sign_in("contributor", COLOGNE)

    tiles = {value: count for value, _, count in preview(client, collective).context["tiles"]}
    [(run, counts, _)] = client.get(reverse("measures:import_list")).context["rows"]
    report = client.get(address(collective, "import_report")).getvalue().decode()

    assert tiles == {"new": 0, "changed": 1, "unchanged": 0, "held": 1}
    assert (run, counts.by_verdict) == (collective, tiles)
    assert '"counts": {"new": 0, "changed": 1, "unchanged": 0, "held": 1, "absent": 0}' in report


def test_neither_the_file_nor_its_sheets_are_given_to_who_may_not_see_all_of_it(client, sign_in, collective):
    sign_in("contributor", COLOGNE)

    assert client.get(address(collective, "import_file")).status_code == HTTPStatus.NOT_FOUND
    assert client.get(address(collective, "import_mapping")).status_code == HTTPStatus.FORBIDDEN
    assert address(collective, "import_file") not in preview(client, collective).content.decode()


@pytest.mark.parametrize("is_applied", [False, True])
def test_nothing_is_offered_that_is_not_allowed(client, sign_in, collective, is_applied):
    if is_applied:
        apply_import(run_id=collective.pk, actor=collective.created_by, reason="Sammeldatei")
    of_rows = (address(collective, "import_row", each) for each in collective.staged.all())
    of_steps = (address(collective, "import_undo", each) for each in collective.steps.all())
    of_all = (address(collective, name) for name in (*WRITE, "import_mapping", "import_discard"))
    actions = {*of_all, *of_rows, *of_steps}

    def offered_to(*who):
        sign_in(*who)
        page = preview(client, collective)
        text = page.content.decode()
        return {action for action in actions if f'"{action}"' in text}, "Berichtigen Sie" in text

    assert offered_to("contributor", COLOGNE) == (set(), False)
    offered, is_advised = offered_to("data_steward", "BMAS")
    assert offered
    assert is_advised


@pytest.mark.parametrize("name", WRITE)
def test_nothing_can_be_done_with_what_is_not_all_theirs(client, sign_in, collective, name):
    sign_in("contributor", COLOGNE)

    assert client.post(address(collective, name)).status_code == HTTPStatus.FORBIDDEN


def test_parts_of_others_are_not_found_and_ones_own_not_to_be_changed(client, sign_in, collective):
    sign_in("contributor", COLOGNE)
    own, others = (
        [
            address(collective, "import_row", each)
            for each in collective.staged.filter(verdict="held", **whose)
        ]
        for whose in ({"organisation": COLOGNE}, {"organisation": AACHEN})
    )

    assert [client.post(place).status_code for place in own] == [HTTPStatus.FORBIDDEN]
    assert [client.post(place).status_code for place in others] == [HTTPStatus.NOT_FOUND]


def test_problem_of_a_line_with_cells_of_several_chambers_is_shown_to_neither(client, sign_in):
    drafts()
    wide = workbook(
        [("EQ-Plätze", 2030, 8, SHEET), ("Unbekannte Kennzahl", 2030, 9, 69999)],
        header=("Kennzahl", "Jahr", "IHK Köln", "IHK Aachen"),
    )
    run = sent_for(wide, COLOGNE)
    assert run.problems.filter(code="indicator_unknown").exists()
    sign_in("contributor", COLOGNE)

    shown = preview(client, run).context
    assert [(each.organisation, "auch andere" in each.message) for each in shown["rows"]] == [
        ("IHK Köln", False),
        ("IHK Köln", True),
    ]
    assert shown["causes"] == []


@pytest.mark.parametrize(
    ("role", "organisation"),
    [
        (Role.DATA_STEWARD, "BMAS"),
        (Role.REVIEWER, "BMAS"),
        (Role.AUDITOR, "BMAS"),
        (Role.COORDINATOR, "DIHK"),
    ],
)
def test_who_acts_for_all_of_them_or_reads_everything_sees_all(client, sign_in, role, organisation):
    drafts()
    run = sent_for(workbook([row(8), row(SHEET, organisation="IHK Aachen")]), COLOGNE)
    sign_in(role, organisation)

    assert [each.staged.value for each in preview(client, run).context["rows"]] == [8, SHEET]
    assert as_text(client.get(address(run, "import_file"))) != ""


def test_umbrella_named_as_supplier_sees_its_members_alone(client, sign_in):
    drafts()
    run = sent_for(
        workbook([row(8), row(SHEET, organisation="HWK Köln"), row(6, organisation="IHK Aachen")]), "DIHK"
    )
    sign_in("coordinator", "DIHK")

    assert [each.staged.value for each in preview(client, run).context["rows"]] == [8, 6]


def test_chamber_named_for_a_file_with_its_own_figures_alone_may_handle_it(client, sign_in):
    drafts()
    run = sent_for(workbook([row(8)]), COLOGNE, asks=True)
    sign_in("contributor", COLOGNE)

    assert run.status == ImportStatus.MAPPING
    assert client.get(address(run, "import_mapping")).status_code == HTTPStatus.OK
    assert as_text(client.get(address(run, "import_file"))) != ""


@pytest.mark.parametrize(
    "content",
    [
        workbook([row(8), row(5, organisation="Kammer am Dom")]),
        workbook([("IHK Köln", 8)], header=("Kammer", "Wert")),
        b"keine Tabelle",
    ],
    ids=["a row of nobody known", "a question is open", "no table"],
)
def test_what_is_not_known_to_be_theirs_is_not_theirs_to_see(client, sign_in, content):
    drafts()
    run = sent_for(content, COLOGNE)
    sign_in("contributor", COLOGNE)

    assert client.get(address(run, "import_file")).status_code == HTTPStatus.NOT_FOUND
    assert address(run, "import_file") not in preview(client, run).content.decode()
    assert client.get(address(run, "import_mapping")).status_code == HTTPStatus.FORBIDDEN


def test_own_file_with_an_unknown_name_in_it_stays_its_senders(client, sign_in):
    drafts()
    run = sent_for(
        workbook([row(8), row(5, organisation="Kammer am Dom")]), COLOGNE, person("contributor", COLOGNE)
    )
    sign_in("contributor", COLOGNE)

    assert [each.staged.value for each in preview(client, run).context["rows"]] == [8, 5]
    assert as_text(client.get(address(run, "import_file"))) != ""


def test_chambers_in_a_refused_file_are_named_to_its_sender_alone(client, sign_in):
    drafts()
    sender = sign_in("contributor", COLOGNE)
    run = sent_for(workbook([row(8), row(SHEET, organisation="IHK Aachen")]), COLOGNE, sender)

    assert "IHK Aachen" in preview(client, run).context["reason"]
    sign_in("contributor", COLOGNE)
    assert "IHK Aachen" not in preview(client, run).content.decode()


def test_lists_ask_no_more_for_imports_seen_in_part(client, sign_in, collective):
    sign_in("contributor", COLOGNE)
    client.get(reverse("measures:import_list"))

    for count in (1, 3):
        while ImportRun.objects.count() < count:
            sent_for(workbook([row(count), row(SHEET, organisation="IHK Aachen")]), COLOGNE)
        with exactly_queries(12):
            client.get(reverse("measures:import_list"))


def test_query_about_cells_of_several_chambers_shows_each_its_own_numbers(client, sign_in):
    drafts()
    rows = [row(SHEET * 9, organisation="IHK Aachen"), row(95)]
    run = sent_for(workbook(rows), COLOGNE)
    asked = run.causes.get(code="no_jump_from_last_year")
    assert (asked.first_cells, "63333" in asked.message["before"]) == (["E2", "E3"], True)
    sign_in("contributor", COLOGNE)

    [seen] = [cause for cause in preview(client, run).context["causes"] if cause.code == asked.code]
    marked = as_text(client.get(address(run, "import_marked")))

    assert (seen.pk, seen.cells, seen.count) == (asked.pk, ["E3"], 1)
    assert "95 nach 9" in seen.message
    assert "Betroffene Werte: 1." in seen.message
    assert seen.message in marked
    assert client.get(address(run, "import_explain", asked)).status_code == HTTPStatus.FORBIDDEN


def test_query_about_others_cells_alone_is_not_found(client, sign_in):
    drafts()
    run = sent_for(workbook([row(8), row(SHEET * 9, organisation="IHK Aachen")]), COLOGNE)
    cause = run.causes.get(code="no_jump_from_last_year")
    sign_in("contributor", COLOGNE)

    assert client.get(address(run, "import_explain", cause)).status_code == HTTPStatus.NOT_FOUND
    assert preview(client, run, cause=cause.pk).context["cause"] is None


@pytest.mark.parametrize("who", [("data_steward", "BMAS"), ("contributor", COLOGNE)])
def test_address_that_names_no_query_shows_the_whole_preview(client, sign_in, who):
    drafts()
    run = sent_for(workbook([row(8), row(SHEET * 9, organisation="IHK Aachen")]), COLOGNE)
    sign_in(*who)

    for key in ("9" * 5000, str(2**63), "9" * 19, "0", "-1", "١٢", "x"):
        response = preview(client, run, cause=key)
        assert (response.status_code, response.context["cause"]) == (HTTPStatus.OK, None), key[:20]
