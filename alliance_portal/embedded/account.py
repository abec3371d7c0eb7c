"""Which account the servers run under: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from alliance_portal.embedded.errors import ServersUnavailableError

REFUGES = Path("/var/tmp")  # noqa: S108  # only root goes there, and only where it owns the directory


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int
    prefix: tuple[str, ...] = ()
    switch: bool = False

    def run(self, command: Sequence[str | Path], **options) -> subprocess.CompletedProcess[str]:
        """Run to the end in a session of its own, so that Ctrl+C does not tear a server in half."""
        if self.switch:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        options.setdefault("stdin", subprocess.DEVNULL if "input" not in options else None)
        return subprocess.run(  # noqa: S603  # our own binaries, no shell
            [*self.prefix, *map(str, command)],
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd="/",
            umask=0o077,
            **options,
        )

    def own(self, path: Path) -> None:
        """Make the account the owner of a directory and everything in it."""
        if path.stat().st_uid == self.uid:
            return
        for entry in [path, *path.rglob("*")]:
            os.chown(entry, self.uid, self.gid, follow_symlinks=False)

    def can_use(self, program: Path, directory: Path) -> bool:
        try:
            works = self.run([program, "--version"]).returncode == 0
            return works and self.run(["test", "-w", directory]).returncode == 0
        except (OSError, subprocess.SubprocessError):
            return False


@dataclass(frozen=True)
class Home:
    """An account, with programs and a directory that it can use."""

    account: Account
    programs: Path
    directory: Path


def find_home(programs: Path, program: str, directory: Path) -> Home:
    """Find a way to run a server in a directory, or near it.

    PostgreSQL refuses to run as root, and below a 0700 directory no other account gets through,
    unless it is root outside a user namespace. Where those are forbidden, as in most containers,
    programs and data move to the machine's directory for lasting temporary files.
    """
    place = directory.resolve()  # a link, if it moved before
    place.mkdir(mode=0o700, exist_ok=True)
    for account in _accounts(place):
        account.own(place)
        if account.can_use(programs / program, place):
            return Home(account, programs, place)
    return _move_out(programs, program, directory)


def _accounts(directory: Path) -> list[Account]:
    if os.geteuid() != 0:
        return [Account(os.geteuid(), os.getegid())]
    accounts = [_account_for_root(directory)]
    if shutil.which("unshare"):
        accounts.append(Account(0, 0, ("unshare", "-U", "--map-user=1", "--map-group=1")))
    return accounts


def _account_for_root(directory: Path) -> Account:
    """Pick the directory's owner, nobody if that is root."""
    found = directory.stat()
    if found.st_uid != 0:
        return Account(found.st_uid, found.st_gid, switch=True)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid, switch=True)


def _move_out(programs: Path, program: str, directory: Path) -> Home:
    if os.geteuid() == 0:
        refuge = REFUGES / f"alliance-portal-{sha256(str(directory).encode()).hexdigest()[:16]}"
        if not directory.is_symlink():  # what an earlier state directory of this name left has no password
            shutil.rmtree(refuge, ignore_errors=True)
        refuge.mkdir(mode=0o711, exist_ok=True)
        if refuge.stat().st_uid == 0 and not refuge.is_symlink():
            copies = _copy_package(programs, refuge / "programs")
            place = refuge / "data"
            if not directory.is_symlink():
                shutil.move(directory, place)
                directory.symlink_to(place)
            account = _account_for_root(place)
            account.own(place)
            if account.can_use(copies / program, place):
                return Home(account, copies, place)
    message = (
        f"The embedded servers cannot run in {directory}. "
        "Set PORTAL_STATE_DIR to a directory of your own, or run this as an ordinary user, "
        "or set DATABASE_URL and REDIS_URL to servers of your own."
    )
    raise ServersUnavailableError(message)


def _copy_package(package: Path, folder: Path) -> Path:
    """Copy a wheel's package with the libraries that lie next to it."""
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.name, symlinks=True, dirs_exist_ok=True)
    return folder / package.name
