"""Names and signs as one supplier writes them, confirmed once."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from measures.enums import AliasKind
from measures.importing.text.folding import fold, tidy
from measures.importing.vocabulary import Answers
from measures.models import SupplierAlias
from measures.selectors.imports.mapping import choices
from measures.selectors.imports.scope import Scope
from partners.models import User

LONGEST = 200

Key = tuple[str, str]


def of_scope(scope: Scope) -> QuerySet[SupplierAlias]:
    return SupplierAlias.objects.filter(supplier=scope.supplier)


def add_to(answers: Answers, scope: Scope) -> None:
    """Add what a supplier's names and signs stand for to the reader's answers."""
    for kind, found, code in of_scope(scope).values_list("kind", "found", "code"):
        if kind == AliasKind.MARKER:
            answers.markers[found] = code
        else:
            answers.names.setdefault(kind, {})[found] = code


def keep(scope: Scope, answers: Answers, actor: User) -> None:
    """Remember names and signs as a person settled them; one that was unsettled is forgotten.

    What stood there before is replaced, with who and when; what stays the same keeps who settled it and when.
    """
    settled = dict(_meanings(answers))
    known = {_key(alias.kind, alias.found): alias for alias in of_scope(scope)}
    moved = {key for key in settled if key in known and known[key].code != settled[key][1]}
    SupplierAlias.objects.filter(pk__in=[known[key].pk for key in moved]).delete()
    SupplierAlias.objects.bulk_create(
        SupplierAlias(supplier=scope.supplier, kind=kind, found=found, code=code, confirmed_by=actor)
        for (kind, _), (found, code) in settled.items()
        if code and ((kind, _) in moved or (kind, _) not in known)
    )


def delete_alias(*, alias_id: int) -> None:
    SupplierAlias.objects.filter(pk=alias_id).delete()


def meanings(aliases: Sequence[SupplierAlias]) -> list[str]:
    """What each stands for, in words."""
    known = {kind: dict(labels) for kind, labels in choices({alias.kind for alias in aliases}).items()}
    return [known[alias.kind].get(alias.code, alias.code) for alias in aliases]


def _meanings(answers: Answers) -> Iterator[tuple[Key, tuple[str, str]]]:
    for kind, names in answers.names.items():
        for found, code in names.items():
            if 0 < len(tidy(found)) <= LONGEST:
                yield _key(kind, found), (tidy(found), code)
    for found, meaning in answers.markers.items():
        if 0 < len(tidy(found)) <= LONGEST:
            yield _key(AliasKind.MARKER, found), (tidy(found), meaning)


def _key(kind: str, found: str) -> Key:
    """Under which two spellings are one name; signs are compared as they stand."""
    return (kind, tidy(found) if kind == AliasKind.MARKER else fold(found))
