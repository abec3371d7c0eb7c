"""The search of the history over all but figures, steps, rounds and security events."""

import datetime as dt

import pghistory
import pytest
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from measures.enums import ReminderKind
from measures.models import Reminder, Target
from measures.selectors.history.entries import HistoryEntry, HistorySearch
from measures.selectors.history.search import all_entries, history_page
from measures.services.checks import activate_check, end_waiver
from measures.services.explanations import judge_explanation
from partners.enums import Role
from partners.models import Membership, Organisation, User
from partners.services.invitations import accept, invite, revoke
from partners.services.notices.writing import set_preferences
from partners.services.roles import confirm_role
from reporting.models import ProgressReport
from tests.factories import MembershipFactory, UserFactory
from tests.measures.checking import explained, jumping, make_check, waived
from tests.measures.meetings.making import decided, make_commitment, reported, steward, works_for
from tests.measures.reviewing import commented
from tests.measures.submissions import YEAR, make_submission, move

pytestmark = pytest.mark.django_db

PAGE, FILE = reverse("measures:history_search"), reverse("measures:history_export")
COLOGNE = "IHK-142"


@pytest.fixture
def auditor(sign_in) -> User:
    return sign_in("auditor", "BMAS")


def found(client, **asked: str) -> list[HistoryEntry]:
    page = client.get(PAGE, asked)
    assert page.status_code == 200
    return page.context["entries"]


def in_words(entries: list[HistoryEntry]) -> set[tuple[str, User | None, str]]:
    return {(str(entry.what), entry.by, entry.reason) for entry in entries}


def test_checks_and_waivers_are_found_with_who_and_why(client, auditor):
    person = UserFactory()
    check = make_check(status="draft", text_de="Höchstens 50", text_en="At most 50")
    activate_check(check_id=check.pk, actor=person, reason="Erprobt")
    end_waiver(waiver_id=waived(check, person, COLOGNE).pk, actor=person, reason="Umgestellt")

    changed = found(client, event="checks:update")
    waivers = found(client, kind="checks", organisation=COLOGNE)

    assert in_words(changed) == {("Prüfregel geändert", person, "Erprobt")}
    assert changed[0].title == "Höchstens 50"
    assert in_words(waivers) == {
        ("Ausnahme beendet", person, "Umgestellt"),
        ("Ausnahme zugelassen", person, "Umstellung der Zählung"),
    }
    assert len(found(client, kind="checks", person=person.email)) == 3
    assert "Höchstens 50" in client.get(PAGE, {"kind": "checks"}).content.decode()


def test_explanations_are_found_with_who_judged_them(client, auditor):
    clerk, reviewer = UserFactory(), UserFactory()
    submission = jumping()
    explanation = explained(submission, clerk)
    move(submission, "submitted")
    judge_explanation(
        explanation_id=explanation.pk,
        submission_id=submission.pk,
        actor=reviewer,
        is_accepted=False,
        refusal="Belegen Sie es",
        seen_at=explanation.explained_at,
    )

    refused, given = found(client, kind="checks", organisation=COLOGNE)

    assert in_words([refused, given]) == {
        ("Erläuterung abgelehnt", reviewer, "Belegen Sie es"),
        ("Rückfrage erläutert", clerk, ""),
    }
    assert (refused.about, refused.remark, refused.year) == (clerk, "Neues Programm", YEAR)
    assert refused.title
    assert found(client, event="checks:refused") == [refused]
    assert client.get(refused.address).status_code == 200


def test_commitments_are_found_with_reports_and_decisions(client, auditor):
    commitment, clerk, decider = make_commitment(), works_for("DIHK"), steward()
    decided(commitment, decider, seen=reported(commitment, clerk))

    entries = found(client, kind="commitments", organisation="DIHK")

    assert in_words(entries) >= {
        ("Über eine Zusage entschieden", decider, "Belegt."),
        ("Über eine Zusage berichtet", clerk, "Erledigt."),
    }
    assert {entry.title for entry in entries if entry.by} == {commitment.resolution.title}
    assert found(client, kind="commitments", organisation=COLOGNE) == []


def test_comments_and_reminders_are_found(client, auditor):
    submission, person = make_submission(COLOGNE), steward()
    comment = commented(submission)
    Reminder.objects.create(
        round=submission.round,
        submission=submission,
        kind=ReminderKind.PERSONAL,
        due_on=submission.due_on,
        day=timezone.localdate(),
        actor=person,
        text="Bitte melden",
        recipient_count=1,
        recipients=[auditor.pk],
    )
    Reminder.objects.create(
        round=submission.round,
        submission=submission,
        kind=ReminderKind.OPENED,
        due_on=submission.due_on,
        day=timezone.localdate(),
        recipient_count=0,
    )

    (reminder,) = found(client, kind="reminders", organisation=COLOGNE)
    (written,) = found(client, kind="discussion", organisation=COLOGNE)

    assert (reminder.by, reminder.remark) == (person, f"1 Empfänger ({auditor}). Bitte melden")
    assert found(client, kind="reminders", person=auditor.email) == [reminder]
    assert (written.by, written.remark, written.where_from) == (comment.author, comment.text, "beleg.pdf")
    assert found(client, event="reminders:planned") == []
    assert written in found(client, person=comment.author.email)


def test_what_was_changed_of_meetings_and_resolutions_is_found_with_who(client, sign_in):
    person = sign_in("data_steward", "BMAS")
    commitment = make_commitment()
    meeting = commitment.resolution.meeting
    address = reverse("measures:meeting_change", args=[meeting.pk])
    known = {"day": meeting.day.isoformat(), "audience": meeting.audience, "seen": meeting.sequence}
    assert client.post(address, known | {"title_de": "Sondersitzung"}).status_code == 302

    changed, *_ = found(client, event="meetings:meeting_update")
    added = found(client, event="meetings:resolution_insert")
    got_part = found(client, event="commitments:insert", organisation="DIHK")

    assert (changed.by, changed.title) == (person, "Sondersitzung")
    assert "Titel (deutsch)" in changed.remark
    assert [entry.title for entry in added][:1] == [commitment.resolution.title]
    assert [entry.organisation for entry in got_part][:1] == ["DIHK"]


def test_declined_mails_are_found_when_they_were_switched_off_and_on(client, auditor):
    set_preferences(user=auditor, unwanted=["approved"], language="de")
    set_preferences(user=auditor, unwanted=[], language="de")

    on, off = found(client, kind="notices", person=auditor.email)

    assert [str(off.what), str(on.what)] == [
        "Mitteilungen per E-Mail abbestellt",
        "Mitteilungen per E-Mail wieder bestellt",
    ]
    assert (off.by, off.remark) == (auditor, "Eine Meldung ist freigegeben")


def test_confirmed_role_reads_as_such(client, auditor):
    giver = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    role = MembershipFactory(role="reviewer", organisation_code="BMAS", granted_by=giver)
    other = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    assert Membership.objects.get(pk=role.pk).awaits_confirmation
    confirm_role(membership_id=role.pk, actor=other)

    (entry,) = found(client, event="security:role_changed", person=role.user.email)

    assert entry.remark.endswith("bestätigt")


def test_changes_of_organisations_and_of_the_catalogue_are_found(client, auditor):
    cologne = Organisation.objects.get(code=COLOGNE)
    with pghistory.context(user=auditor.pk, reason="Fusion"):
        cologne.seat = "Deutz"
        cologne.save()
        cologne.valid_until = dt.date(2040, 12, 31)
        cologne.save()
    target = Target.objects.first()
    target.value += 1
    target.save()

    ended, changed, *_ = found(client, kind="organisations", organisation=COLOGNE)
    (raised, *_) = found(client, event="catalogue:target_update")

    assert in_words([ended, changed]) == {
        ("Organisation beendet", auditor, "Fusion"),
        ("Organisation geändert", auditor, "Fusion"),
    }
    assert "Sitz (Köln → Deutz)" in changed.remark
    assert "31.12.2040" in ended.remark
    assert found(client, event="organisations:organisation_end", organisation=COLOGNE) == [ended]
    assert ended not in found(client, event="organisations:organisation_update", organisation=COLOGNE)
    assert raised.title == target.indicator.name
    assert "→" in raised.remark


def test_invitations_and_reports_are_found_with_who(client, auditor):
    giver, decider = MembershipFactory(role="data_steward", organisation_code="BMAS").user, UserFactory()
    chamber = Organisation.objects.get(code=COLOGNE)
    for address in ("ada@example.org", "eve@example.org"):
        invitation, token = invite(
            email=address, organisation_id=chamber.pk, role=Role.CONTRIBUTOR, actor=giver
        )
        if address.startswith("ada"):
            ada = accept(token=token, first_name="Ada", last_name="Lovelace", password="long enough 17")
    revoke(invitation_id=invitation.pk)
    ProgressReport.objects.create(year=YEAR, requested_by=decider, scope=COLOGNE)
    of_land = ProgressReport.objects.create(year=YEAR, requested_by=decider, scope="05")

    withdrawn, sent_to_eve, accepted, sent = found(client, kind="invitations", organisation=COLOGNE)
    (report,) = found(client, kind="reports", organisation=COLOGNE)
    (about_land,) = found(client, kind="reports", organisation="LAND-05")

    assert [str(each.what) for each in (sent, accepted, sent_to_eve, withdrawn)] == [
        "Einladung verschickt",
        "Einladung angenommen",
        "Einladung verschickt",
        "Einladung zurückgezogen",
    ]
    assert (sent.by, sent.title, accepted.by) == (giver, "ada@example.org", ada)
    assert accepted in found(client, event="invitations:accepted", person="lovelace")
    assert (str(report.what), report.by) == ("Bericht angefordert", decider)
    assert about_land.address.endswith(f"/{of_land.pk}/")


def test_pages_of_several_logs_follow_each_other_without_a_gap(auditor):
    began = User.objects.filter(pk=auditor.pk).annotate(began=Now()).get().began  # of this transaction
    person = UserFactory()
    check = make_check()
    for _ in range(3):
        waiver = waived(check, person, COLOGNE, given_at=timezone.now())
        end_waiver(waiver_id=waiver.pk, actor=person, reason="Umgestellt")
    commitment = make_commitment()
    decided(commitment, steward(), seen=reported(commitment, works_for("DIHK")))
    whole = list(all_entries(HistorySearch(since=began)))

    pieces, after = [], None
    while True:
        page = history_page(HistorySearch(after=after, limit=2, since=began))
        pieces += page.entries
        if not page.more:
            break
        after = page.entries[-1].position

    assert [each.position for each in pieces] == [each.position for each in whole]
    assert len({each.position for each in whole}) == len(whole) >= 9


def test_file_has_them_in_both_languages(client, auditor):
    check = make_check(text_de="=Höchstens", text_en="=At most")
    waived(check, UserFactory(), given_at=timezone.now() - dt.timedelta(days=1))

    for language, words in (("de", "Ausnahme zugelassen"), ("en", "Waiver given")):
        client.cookies["django_language"] = language
        answer = client.get(FILE, {"kind": "checks"})
        text = b"".join(answer.streaming_content).decode()
        assert words in text
        assert "'=" in text
