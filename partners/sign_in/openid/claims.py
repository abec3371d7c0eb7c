"""What the settings make of the provider's claims: roles, and whether a second factor was used there."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http import HttpRequest

from partners.enums import Role

SECOND_FACTOR_OF_PROVIDER = "second_factor_of_provider"
"""In the session: the id of the person who signed in with a second factor at the provider."""
TEXTS = ("email", "given_name", "family_name", "name", "preferred_username", "picture", "user_id")


def readable(claims: Mapping[str, Any]) -> dict[str, Any]:
    """Without what should be a text about the person and is none, or has signs that no database keeps."""
    found = {name: value for name, value in claims.items() if name not in TEXTS or _is_text(value)}
    if "email" in found and not _stays_itself(found["email"]):
        del found["email"]
    return found


def claimed_roles(claims: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """Roles with the codes of organisations, for the values of the claim that the settings know."""
    return frozenset(
        (role, code)
        for value in _values(claims, settings.OPENID_ROLES_CLAIM)
        for role, code in settings.OPENID_ROLES.get(value, ())
    )


def used_second_factor(claims: Mapping[str, Any]) -> bool:
    """Whether ``acr`` or ``amr`` of the ID token names one that the settings accept."""
    used = {*_values(claims, "acr"), *_values(claims, "amr")}
    return not used.isdisjoint(settings.OPENID_SECOND_FACTOR)


def note_second_factor(request: HttpRequest, claims: Mapping[str, Any] | None, person_id: int) -> None:
    """Keep in the session how the person has signed in; signing in otherwise forgets it."""
    if claims is not None and used_second_factor(claims):
        request.session[SECOND_FACTOR_OF_PROVIDER] = person_id
    else:
        request.session.pop(SECOND_FACTOR_OF_PROVIDER, None)


def has_second_factor_of_provider(request: HttpRequest) -> bool:
    return bool(request.session.get(SECOND_FACTOR_OF_PROVIDER) == request.user.pk)


def check_role_mapping(**kwargs: Any) -> list[CheckMessage]:
    """A mapping that is not understood would give nobody anything, or the wrong thing."""
    mapping = settings.OPENID_ROLES
    if isinstance(mapping, dict) and all(_is_target(pair) for pairs in mapping.values() for pair in pairs):
        return []
    return [
        Error(
            "OIDC_ROLES must map values of the claim to lists of [role, code of the organisation], with the "
            f"roles {', '.join(Role.values)}.",
            id="partners.E003",
        )
    ]


def _is_target(pair: Any) -> bool:
    return isinstance(pair, list | tuple) and len(pair) == len(("role", "code")) and pair[0] in Role.values


def _stays_itself(address: str) -> bool:
    """Whether it does not become another one in small letters, as which addresses are compared.

    The sign for kelvin becomes a k: who has the address with the sign would be who has the one with the k.
    """
    ascii_signs = [len(each.encode("ascii", "ignore")) for each in (address, address.lower())]
    return ascii_signs[0] == ascii_signs[1]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable()


def _values(claims: Mapping[str, Any], name: str) -> list[str]:
    """A claim's text or texts; a dot leads into a claim of several parts."""
    found: Any = claims
    for part in [name] if name in claims else name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    found = [found] if isinstance(found, str) else found
    return [value for value in found if isinstance(value, str)] if isinstance(found, list) else []
