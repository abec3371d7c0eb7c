"""Find the organisations, people and profiles that a shell command names."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from measures.enums import ImportStage
from measures.models import ImportProfile
from measures.rules.windows import OPERATOR
from measures.services.imports.profiles.profiles import find_profiles
from partners.models import Organisation, User

SHELL = "shell@portal.invalid"
REFUSED = 2


class ProgressLine:
    """Shows somebody at a terminal how far the work is; a file or pipe gets nothing."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self.stream = stream
        self.is_watched = stream.isatty()

    def __call__(self, stage: ImportStage, done: int = 0, total: int = 0) -> None:
        if self.is_watched:
            rows = f" {done:,} / {total:,}" if total else ""
            self.stream.write(f"\r\033[K{stage.label}{rows}")
            self.stream.flush()

    def end(self) -> None:
        if self.is_watched:
            self.stream.write("\r\033[K")


def profiles_named(text: str | None, supplier: Organisation | None) -> list[ImportProfile]:
    """A supplier's profiles by label or fingerprint; without a supplier, of whoever has one of that name."""
    if not text:
        return []
    suppliers = [supplier] if supplier else [None, *Organisation.objects.filter(importprofiles__isnull=False)]
    for candidate in suppliers:
        if found := list(find_profiles(text, candidate).select_related("supplier")):
            return found
    raise CommandError(_("There is no profile “%(text)s”.") % {"text": text}, returncode=REFUSED)


def supplier_named(code: str | None) -> Organisation | None:
    if not code:
        return None
    organisation = Organisation.objects.filter(code=code).first()
    if organisation is None:
        raise CommandError(
            _("There is no organisation with the code %(code)s.") % {"code": code}, returncode=REFUSED
        )
    return organisation


def person_named(email: str | None) -> User | None:
    if not email:
        return None
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(
            _("There is no person with the address %(email)s.") % {"email": email}, returncode=REFUSED
        )
    return user


@contextmanager
def as_operator() -> Iterator[None]:
    """Record as an operator does: the windows of the rounds do not bind the shell."""
    _set_operator("on")
    try:
        yield
    finally:
        _set_operator("")


def _set_operator(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [OPERATOR, value])


def shell_account() -> User:
    """The name under which the shell's imports are logged; nobody can sign in with it."""
    user, created = User.objects.get_or_create(
        email=SHELL, defaults={"last_name": "Shell", "is_active": False}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
