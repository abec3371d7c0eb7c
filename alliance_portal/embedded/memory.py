"""A tablespace in the machine's memory, for databases that are copied often and kept by nobody.

A database is a thousand files. Some file systems take most of a second to create them, memory a tenth.
"""

import shutil
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import sql

from alliance_portal.embedded.account import Account

TABLESPACE = "in_memory"
MEMORY = Path("/dev/shm")  # noqa: S108  # the folder is made by us, for one account, or not used
ROOM = 1 << 30
"""Bytes that must be free: a machine with less keeps its databases on the disk."""


def folder_of(server: Path) -> Path:
    """Where the server that has this directory keeps what is in memory."""
    return MEMORY / f"alliance-portal-{sha256(str(server).encode()).hexdigest()[:16]}"


def provide(connection: psycopg.Connection, folder: Path, account: Account) -> None:
    """Begin with an empty tablespace, if there is room. Nobody may use the server yet."""
    _forget(connection)
    shutil.rmtree(folder, ignore_errors=True)
    if not _has_room():
        return
    try:
        folder.mkdir(mode=0o700)
    except OSError:  # somebody else's, or closed to us
        return
    account.own(folder)
    connection.execute(
        sql.SQL("CREATE TABLESPACE {} LOCATION {}").format(sql.Identifier(TABLESPACE), str(folder))
    )


def restore_folder(folder: Path, data: Path, account: Account) -> None:
    """Make the folder anew that went with the memory: after a crash the server needs it to start."""
    if any((data / "pg_tblspc").iterdir()) and not folder.exists():
        folder.mkdir(mode=0o700)
        account.own(folder)


def clear(folder: Path) -> None:
    """Remove the folder of a stopped server, unless a database is left that it will ask for."""
    if not any(path.is_file() for path in folder.rglob("*")):
        shutil.rmtree(folder, ignore_errors=True)


def _has_room() -> bool:
    return MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM


def _forget(connection: psycopg.Connection) -> None:
    """Drop the tablespace and what a killed run left in it, whether or not its files are still there."""
    databases = connection.execute(
        "SELECT datname FROM pg_database JOIN pg_tablespace t ON t.oid = dattablespace WHERE spcname = %s",
        [TABLESPACE],
    )
    for (name,) in databases.fetchall():
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    connection.execute(sql.SQL("DROP TABLESPACE IF EXISTS {}").format(sql.Identifier(TABLESPACE)))
