from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.selectors.public.verification import PIECE, Match, fingerprint, released_as


class Command(BaseCommand):
    help = (
        "Tell whether files are released documents, of which release, and whether the signed manifest holds. "
        "Ends with an error unless every file is genuine."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        results = [self._verify(file) for file in files]
        if not all(results):
            raise CommandError(f"{results.count(False)} of {len(results)} files are not genuine.")

    def _verify(self, file: Path) -> bool:
        try:
            with file.open("rb") as content:
                sha256 = fingerprint(iter(lambda: content.read(PIECE), b""))
        except OSError as error:
            self.stdout.write(f"{file}: cannot be read ({error.strerror})")
            return False
        matches = released_as(sha256, public_only=False)
        if not matches:
            self.stdout.write(f"{file}: not a released document of this portal, or changed ({sha256})")
            return False
        for match in matches:
            self.stdout.write(f"{file}: {_in_words(match)}")
        return all(match.is_genuine for match in matches)


def _in_words(match: Match) -> str:
    manifest = match.manifest
    edition = "/".join(part for part in (manifest.report_type, manifest.scope, str(manifest.year)) if part)
    release = f"{edition}, release {manifest.release} of {manifest.released_at:%Y-%m-%d %H:%M} UTC"
    if match.key is None:
        return f"listed in the manifest of {release}, BUT ITS SIGNATURE DOES NOT HOLD"
    state = ""
    if match.document.report.withdrawn_at:
        state = " (withdrawn)"
    elif match.is_superseded:
        state = " (replaced by a later release)"
    return f"genuine, {release}{state}, signed with key {match.key.id}"
