"""One definition feeds check, message, instructions and documentation."""

import io

from django.core.management import call_command

from alliance_portal.embedded.servers import PROJECT


def test_documentation_is_that_of_the_catalogue(tmp_path):
    shown = io.StringIO()
    call_command("describe_checks", stdout=shown)
    call_command("describe_checks", tmp_path / "checks.md")

    written = (tmp_path / "checks.md").read_text(encoding="utf-8")
    assert written == (PROJECT / "docs" / "checks.md").read_text(encoding="utf-8"), (
        "manage.py describe_checks"
    )
    assert shown.getvalue().strip() == written.strip()
