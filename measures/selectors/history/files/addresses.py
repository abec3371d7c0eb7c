"""What was downloaded, in words: the file an address leads to, of which record, and where its page is.

Each app registers the files that it hands out.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.lookups import In
from django.urls import Resolver404, ResolverMatch, resolve, reverse

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PLACE = "0"
"""What stands in an address for the number of a record."""


@dataclass(frozen=True)
class FileSubject:
    """What a file is of: its name, whose it is, and the number of the record whose page others see."""

    name: str
    organisation: str = ""
    page: Any = None


def of_nobody(_organisation_id: int, _code: str) -> Iterable[int]:
    return ()


@dataclass(frozen=True)
class FilesOfRecord:
    """Files below the page of a record.

    ``words``: by route, what a file there is. ``key`` is the part of its address that names what ``subjects``
    finds. ``of_organisation``: the numbers of the records of one, by its id and code.
    """

    words: Mapping[str, "StrOrPromise"]
    page: str
    subjects: Callable[[Collection[Any]], Mapping[Any, FileSubject]]
    of_organisation: Callable[[int, str], Iterable[int]] = of_nobody
    key: str = "pk"


@dataclass(frozen=True)
class FilesOfPage:
    """Files of what a page lists: by route, what they are; without a page those that everybody gets."""

    words: Mapping[str, "StrOrPromise"]
    page: str = ""


@dataclass(frozen=True)
class Downloaded:
    """A file in words."""

    words: str
    name: str = ""
    organisation: str = ""
    address: str = ""


_BY_ROUTE: dict[str, FilesOfRecord | FilesOfPage] = {}


def register(files: Iterable[FilesOfRecord | FilesOfPage]) -> None:
    """Add files; the same route again takes the place of the former."""
    for each in files:
        _BY_ROUTE.update(dict.fromkeys(each.words, each))


def described(paths: Iterable[str]) -> dict[str, Downloaded]:
    """Those that there are words for, by their address; one query for each kind of record."""
    found: dict[str, Downloaded] = {}
    by_kind: dict[int, tuple[FilesOfRecord, list[tuple[str, ResolverMatch]]]] = {}
    for path in set(paths):
        match = _match(path)
        files = _BY_ROUTE.get(match.view_name) if match else None
        if match is None or files is None:
            continue
        if isinstance(files, FilesOfPage):
            address = reverse(files.page) if files.page else ""
            found[path] = Downloaded(_words(files, match), address=address)
        else:
            by_kind.setdefault(id(files), (files, []))[1].append((path, match))
    for of_record, matches in by_kind.values():
        found.update(_of_records(of_record, matches))
    return found


def is_of_organisation(field: str, organisation_id: int, code: str) -> Q:
    """That an address, in ``field``, is below the page of one of this organisation's records."""
    found = Q(pk__in=[])
    for files in {id(each): each for each in _BY_ROUTE.values()}.values():
        if isinstance(files, FilesOfRecord):
            found |= _below(field, files.page, files.of_organisation(organisation_id, code))
    return found


def _below(field: str, page: str, records: Iterable[int]) -> Q:
    numbers = [str(pk) for pk in records]
    if not numbers:
        return Q(pk__in=[])
    address = reverse(page, args=[PLACE])
    place = Value(address.split("/").index(PLACE) + 1)
    number = Func(F(field), Value("/"), place, function="split_part", output_field=TextField())
    return Q(**{f"{field}__startswith": address[: address.index(f"/{PLACE}/") + 1]}) & Q(In(number, numbers))


def _of_records(
    files: FilesOfRecord, matches: Collection[tuple[str, ResolverMatch]]
) -> Iterator[tuple[str, Downloaded]]:
    """Where the record is gone, its address is all there is."""
    subjects = files.subjects([match.kwargs[files.key] for _path, match in matches])
    for path, match in matches:
        subject, words = subjects.get(match.kwargs[files.key]), _words(files, match)
        if subject is None:
            yield path, Downloaded(f"{words} ({path})")
        else:
            address = "" if subject.page is None else reverse(files.page, args=[subject.page])
            yield path, Downloaded(words, subject.name, subject.organisation, address)


def _words(files: FilesOfRecord | FilesOfPage, match: ResolverMatch) -> str:
    return str(files.words[match.view_name]) % match.kwargs


def _match(path: str) -> ResolverMatch | None:
    """The route of an address; None for one that leads nowhere any more."""
    try:
        return resolve(path)
    except Resolver404:
        return None
