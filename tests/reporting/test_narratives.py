"""Texts that people write for a report: asked for, written, reviewed by somebody else, frozen as accepted."""

import datetime as dt
import time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partners.models import Membership, Notice, Organisation, User
from partners.notices.kinds import kind_of
from partners.permissions import access_for
from reporting.editions.narratives import NARRATIVE_PLACES
from reporting.enums import Language, NarrativeStatus
from reporting.exceptions import NarrativeError
from reporting.frozen.contents import Passage, Span
from reporting.models import Narrative, NarrativeVersion
from reporting.renderers.writer import Writer
from reporting.selectors.narratives import narratives_to_write
from reporting.selectors.start import MAIN, sections
from reporting.services.narratives import write_narrative
from reporting.snapshot.narratives import narratives_of
from reporting.snapshot.passages import links_that_lead_nowhere, passages
from tests.factories import MembershipFactory, UserFactory
from tests.reporting.narratives import DUE, asked, decided, written
from tests.reporting.sample_snapshot import make_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return MembershipFactory(role="coordinator", organisation_code="DIHK").user


@pytest.fixture
def reviewer() -> User:
    return MembershipFactory(role="reviewer", organisation_code="BMAS").user


def test_a_text_goes_from_being_asked_for_to_the_frozen_data(client, sign_in, writer):
    reviewer = sign_in("reviewer", "BMAS")
    form = {"report_type": "annual", "year": 2016, "place": "contributions", "due_on": "2017-02-01"}
    dihk = Organisation.objects.get(code="DIHK")
    client.post(
        reverse("reporting:narrative_ask"), form | {"organisation": dihk.pk, "assignee": writer.email}
    )
    narrative = Narrative.objects.get()
    assert (narrative.assignee, narrative.asked_by) == (writer, reviewer)

    client.force_login(writer)
    to_write = [each for each in sections(MAIN, access_for(writer)) if each.key == "texts"]
    assert [entry.title for entry in to_write[0].entries] == ["Beitrag eines Partners"]
    client.post(
        reverse("reporting:narrative_write", args=[narrative.pk, "de"]),
        {"de-text": "Die Kammern *berieten*.", "de-seen": "", "submit": ""},
    )
    waiting_for = {
        user: [
            entry.url
            for each in sections(MAIN, access_for(user))
            if each.key == "waiting"
            for entry in each.entries
        ]
        for user in (reviewer, writer)
    }
    assert waiting_for == {reviewer: [reverse("reporting:narrative_detail", args=[narrative.pk])], writer: []}
    version = narrative.versions.get()
    assert (version.status, version.written_by) == (NarrativeStatus.SUBMITTED, writer)
    assert narratives_of(2016) == ()

    client.force_login(reviewer)
    page = client.get(reverse("reporting:narrative_detail", args=[narrative.pk])).content.decode()
    assert "Die Kammern <em>berieten</em>." in page
    client.post(
        reverse("reporting:narrative_decide", args=[narrative.pk, "de"]),
        {"decide-de-decision": "accept", "decide-de-seen": version.fingerprint},
    )
    (frozen,) = narratives_of(2016)
    assert (frozen.section, frozen.organisation.de) == ("contributions", dihk.name_de)
    assert frozen.de[0].lines[0][1] == Span(text="berieten", is_emphasised=True)
    assert (frozen.report_type, narratives_of(2015)) == ("annual", ())
    assert [each for each in sections(MAIN, access_for(writer)) if each.key == "texts"] != []


def test_a_later_version_takes_the_place_of_the_accepted_one_only_once_it_is_accepted(writer, reviewer):
    narrative = asked()
    decided(written(narrative, "\uf0b7Erste Fassung\ue002", writer), reviewer)
    second = written(narrative, "Zweite Fassung", writer)
    assert narratives_of(2016)[0].de == passages("Erste Fassung")

    decided(second, reviewer, accepts=False, reason="Bitte kürzer.")
    assert narratives_of(2016)[0].de == passages("Erste Fassung")

    decided(written(narrative, "Dritte", writer), reviewer)
    decided(written(narrative, "Third", writer, "en"), reviewer)
    assert narratives_of(2016)[0].de == passages("Dritte")
    assert narratives_of(2016)[0].en == passages("Third")
    assert list(narrative.versions.filter(language="de").values_list("number", "status")) == [
        (3, "accepted"),
        (2, "returned"),
        (1, "accepted"),
    ]


def test_a_text_is_frozen_and_shown_in_the_language_it_is_accepted_in(writer, reviewer):
    decided(written(asked(), "Only English", writer, "en"), reviewer)
    narratives = narratives_of(2016)
    assert (narratives[0].de, narratives[0].en) == ((), passages("Only English"))

    shown = {
        language: Writer(make_snapshot(narratives=narratives), language, "").narratives("contributions")
        for language in ("de", "en")
    }
    assert (shown["de"], len(shown["en"])) == ([], 1)


def test_texts_that_wait_for_others_hide_none_that_is_to_be_written(writer, django_assert_num_queries):
    places = [code for code, place in NARRATIVE_PLACES.items() if "annual" in place.report_types]
    *done, last = (
        asked("DIHK", place, assignee=writer, due_on=DUE + dt.timedelta(days=day))
        for day, place in enumerate(places)
    )
    for narrative in done:
        for language in ("de", "en"):
            written(narrative, "Text", writer, language)
    written(last, "Text", writer)

    access = access_for(writer)
    access.acts_for  # noqa: B018  # loads the person's organisations
    with django_assert_num_queries(1):
        lines = narratives_to_write(access, 1)
    assert [line.narrative for line in lines] == [last]


def test_nobody_decides_on_a_text_they_wrote_in(writer, reviewer):
    narrative = asked(None, "foreword")
    written(narrative, "Anfang", reviewer, submits=False)
    version = written(narrative, "Anfang und Ende", writer)
    assert set(version.writers) == {writer.pk, reviewer.pk}

    with pytest.raises(NarrativeError):
        decided(version, reviewer)
    with pytest.raises(IntegrityError, match="narrative_decided_by_somebody_else"), transaction.atomic():
        NarrativeVersion.objects.update(status="accepted", decided_by=reviewer, decided_at=version.written_at)


def test_nobody_overwrites_what_they_have_not_seen(writer):
    narrative = asked()
    written(narrative, "Meins", writer, submits=False)

    with pytest.raises(NarrativeError):
        write_narrative(
            narrative_id=narrative.pk, language=Language.GERMAN, text="Deins", seen="", actor=UserFactory()
        )
    assert narrative.versions.get().text == "Meins"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"text": "anders"}, "narrative_stays_once_submitted"),
        ({"status": "draft"}, "narrative_takes_known_steps"),
        ({"status": "returned"}, "narrative_version_decided_has_who_and_when"),
    ],
)
def test_the_database_keeps_what_was_submitted(writer, change, rule):
    written(asked(), "Fertig", writer)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        NarrativeVersion.objects.update(**change)


def test_an_accepted_text_never_changes(writer, reviewer):
    decided(written(asked(), "Fertig", writer), reviewer)

    for change in ({"reason": "doch nicht"}, {"status": "returned", "reason": "doch nicht"}):
        with pytest.raises(IntegrityError, match="narrative_"), transaction.atomic():
            NarrativeVersion.objects.update(**change)


def test_a_text_is_sent_back_with_a_reason_and_asked_for_once(writer, reviewer):
    narrative = asked()
    version = written(narrative, "Fertig", writer)

    with pytest.raises(NarrativeError):
        decided(version, reviewer, accepts=False, reason=" ")
    with pytest.raises(NarrativeError):
        asked()
    with pytest.raises(NarrativeError):
        written(narrative, "", writer, "en")


def test_partners_write_in_their_own_place_and_the_ministry_in_the_others(client, sign_in, writer):
    sign_in("reviewer", "BMAS")
    form = {"report_type": "annual", "year": 2016, "place": "foreword", "due_on": "2017-02-01"}
    dihk = Organisation.objects.get(code="DIHK")
    ask = reverse("reporting:narrative_ask")
    assert '<option value="2016">2016</option>' in client.get(ask).content.decode()

    for wrong in (
        {"organisation": dihk.pk},
        {"assignee": writer.email},
        {"assignee": "nobody@example.org"},
        {"report_type": "practice"},
    ):
        assert client.post(ask, form | wrong).status_code == 422
    assert Narrative.objects.count() == 0
    assert client.post(ask, form).status_code == 302


def test_others_neither_see_nor_write_a_text(client, sign_in):
    narrative = asked("ZDH")
    sign_in("contributor", "IHK-142")

    assert client.get(reverse("reporting:narrative_detail", args=[narrative.pk])).status_code == 404
    write = client.post(reverse("reporting:narrative_write", args=[narrative.pk, "de"]), {"de-text": "x"})
    assert write.status_code == 404
    assert "ZDH" not in client.get(reverse("reporting:narrative_list")).content.decode()


def test_who_was_asked_and_has_left_no_longer_reads_the_text(client, sign_in):
    person = sign_in("contributor", "IHK-142")
    address = reverse("reporting:narrative_detail", args=[asked(assignee=person).pk])
    assert client.get(address).status_code == 200

    Membership.objects.filter(user=person).delete()
    client.force_login(person)

    assert client.get(address).status_code == 404


def test_what_was_typed_stays_on_the_page_when_a_link_leads_nowhere(client, writer):
    narrative = asked()
    client.force_login(writer)

    answer = client.post(
        reverse("reporting:narrative_write", args=[narrative.pk, "de"]),
        {"de-text": "Mehr [hier](ftp://example.org).", "de-seen": ""},
    )

    assert answer.status_code == 422
    assert "Mehr [hier](ftp://example.org)." in answer.content.decode()
    assert narrative.versions.count() == 0


def test_markdown_becomes_the_passages_that_a_report_has():
    lists = "- a\n- [b](https://example.org)\n\n1. eins"
    text = f"# Titel\n\nEin **Wort** <b>x</b>\nweiter\n\n{lists}\n\n[x](javascript:a)"

    assert [(passage.kind, len(passage.lines)) for passage in passages(text)] == [
        ("heading", 1),
        ("paragraph", 1),
        ("bullets", 2),
        ("numbers", 1),
        ("paragraph", 1),
    ]
    assert passages("Ein **Wort** <b>x</b>\nweiter") == (
        Passage(
            kind="paragraph",
            lines=(
                (
                    Span(text="Ein "),
                    Span(text="Wort", is_strong=True),
                    Span(text=" <b>x</b>"),
                    Span(text=" "),
                    Span(text="weiter"),
                ),
            ),
        ),
    )
    assert passages("- [b](https://example.org)")[0].lines == ((Span(text="b", url="https://example.org"),),)
    assert links_that_lead_nowhere("[a](ftp://b.de) [c](https://d.de)") == ["ftp://b.de"]


def test_a_text_of_many_paragraphs_takes_no_longer_for_each_of_them():
    def seconds(count: int) -> float:
        begun = time.process_time()
        passages("a\n\n" * count)
        return time.process_time() - begun

    few, many = (min(seconds(count) for _ in range(3)) for count in (1_000, 4_000))
    assert many < 9 * few


def test_who_is_asked_and_whose_text_is_sent_back_get_a_notice(writer, reviewer):
    narrative = asked(assignee=writer, actor=reviewer)
    decided(written(narrative, "Zu kurz", writer), reviewer, accepts=False, reason="Bitte mit Beispielen.")

    found = [
        kind_of(each.kind).sentence(each.facts)
        for each in Notice.objects.filter(person=writer).order_by("pk")
    ]
    assert found == [
        "Sie werden gebeten, „Beitrag eines Partners“ für den Bericht 2016 bis 01.02.2017 zu schreiben.",
        "Ihr Text „Beitrag eines Partners“ für den Bericht 2016 wurde zurückgegeben: „Bitte mit Beispielen.“",
    ]
    assert not Notice.objects.filter(person=reviewer).exists()
