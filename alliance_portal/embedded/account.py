"""Which account the servers run under: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alliance_portal.embedded.errors import ServersUnavailableError


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


def choose_account(program: Path, directory: Path) -> Account:
    """Ourselves; as root the directory's owner or nobody, by whichever way reaches the directory."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for account in _for_root(directory):
        account.own(directory)
        if account.can_use(program, directory):
            return account
    message = (
        f"PostgreSQL does not run as root, and no other account may use {directory}. "
        "Run this as an ordinary user, or set DATABASE_URL and REDIS_URL to servers of your own."
    )
    raise ServersUnavailableError(message)


def _for_root(directory: Path) -> list[Account]:
    found = directory.stat()
    other = found if found.st_uid != 0 else None
    nobody = pwd.getpwnam("nobody")
    uid, gid = (other.st_uid, other.st_gid) if other else (nobody.pw_uid, nobody.pw_gid)
    accounts = [Account(uid, gid, switch=True)]
    if shutil.which("unshare"):  # below a 0700 directory: root outside, user 1 inside
        accounts.append(Account(0, 0, ("unshare", "-U", "--map-user=1", "--map-group=1")))
    if shutil.which("setpriv"):  # in a container that forbids the former
        ids = (f"--reuid={uid}", f"--regid={gid}", "--clear-groups")
        capabilities = ("--inh-caps=+dac_override", "--ambient-caps=+dac_override")
        accounts.append(Account(uid, gid, ("setpriv", *ids, *capabilities)))
    return accounts
