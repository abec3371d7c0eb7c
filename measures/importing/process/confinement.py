"""What the kernel refuses to the process that opens a stranger's file.

Several layers, since no kernel and no container grants all of them; docs/security.md says what each holds.
Everything is done by the process itself, before it opens the file, and cannot be taken back by it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from measures.importing.vocabulary import Limits

MISSING_LAYERS = "missing-layers"
"""The file in which the process names the layers that this kernel does not grant."""

LAYERS = ("namespaces", "privileges", "files", "calls")
"""In the order in which they are taken: each may make the next impossible, never the other way round."""

_PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 24, 38, 22
_SECCOMP_MODE_FILTER = 2
_LAST_CAPABILITY = 63
_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_NEWIPC = 0x1000_0000, 0x4000_0000, 0x0800_0000
_CAPABILITY_VERSION_3 = 0x2008_0522

_OPEN_FILES = 64
_FILE_BYTES = 4 * 2**30


class LayerMissingError(Exception):
    """This kernel, or the container around the process, does not grant the layer."""


def confine(*, reads: Iterable[Path], writes: Iterable[Path], limits: Limits) -> list[str]:
    """Give up everything but reading these paths and writing into these folders.

    Returns the names of the layers that could not be had.
    """
    if sys.platform != "linux":
        return list(LAYERS)
    kernel = _Kernel()
    steps: list[Callable[[], None]] = [
        lambda: _leave_namespaces(kernel),
        lambda: _drop_privileges(kernel),
        lambda: _restrict_files(kernel, reads, writes),
        lambda: _refuse_calls(kernel),
    ]
    missing = []
    for name, step in zip(LAYERS, steps, strict=True):
        try:
            step()
        except LayerMissingError:
            missing.append(name)
    _limit_resources(limits)
    return missing


def _limit_resources(limits: Limits) -> None:
    most = {resource.RLIMIT_NOFILE: _OPEN_FILES, resource.RLIMIT_NPROC: 0}
    most[resource.RLIMIT_FSIZE] = max(_FILE_BYTES, limits.unpacked_bytes)
    for kind, value in most.items():
        _soft, hard = resource.getrlimit(kind)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)  # noqa: PLW2901  never above what is allowed
        resource.setrlimit(kind, (value, value))


class _Kernel:
    """The C library's way to the kernel; Python 3.11 has none of these calls."""

    def __init__(self) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._libc.syscall.restype = ctypes.c_long

    def call(self, number: int, *arguments: Any) -> int:
        return self._answered(self._libc.syscall(ctypes.c_long(number), *arguments))

    def control(self, option: int, *arguments: Any) -> int:
        padded = [*arguments, *[0] * (4 - len(arguments))]
        return self._answered(
            self._libc.prctl(option, *(ctypes.c_ulong(a) if isinstance(a, int) else a for a in padded))
        )

    def unshare(self, flags: int) -> int:
        return self._answered(self._libc.unshare(flags))

    @staticmethod
    def _answered(result: int) -> int:
        if result < 0:
            raise LayerMissingError(os.strerror(ctypes.get_errno()))
        return result


def _leave_namespaces(kernel: _Kernel) -> None:
    """No network interface, and no claim on processes outside: ``/proc`` of others stays shut, root's too."""
    kernel.unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC)


def _drop_privileges(kernel: _Kernel) -> None:
    """No capability, root's or the namespace's, and no way to gain one by running a program."""
    kernel.control(_PR_SET_NO_NEW_PRIVS, 1)
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            kernel.control(_PR_CAPBSET_DROP, capability)
        except LayerMissingError:
            break  # the kernel knows no more, or there are none to drop
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    numbers = _numbers()
    kernel.call(numbers.capset, header, bytes(24))


# Files: Landlock. Rights are bits, and each version of the interface knows some more of them.

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
_RIGHTS_BY_VERSION = {1: (1 << 13) - 1, 2: 1 << 13, 3: _TRUNCATE, 5: 1 << 15}
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6
_ALL_NETWORK, _ALL_SCOPES = 0b11, 0b11
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | 1 << 15
_RULE_PATH_BENEATH = 1
_VERSION_FLAG = 1
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture


def _restrict_files(kernel: _Kernel, reads: Iterable[Path], writes: Iterable[Path]) -> None:
    version = kernel.call(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint(_VERSION_FLAG))
    everything = sum(rights for since, rights in _RIGHTS_BY_VERSION.items() if since <= version)
    attributes = struct.pack(
        "=QQQ",
        everything,
        _ALL_NETWORK if version >= _NETWORK_SINCE else 0,
        _ALL_SCOPES if version >= _SCOPES_SINCE else 0,
    )
    ruleset = kernel.call(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint(0))
    reading = _READ_FILE | _READ_DIR | _EXECUTE
    writing = everything & ~_EXECUTE
    for path, rights in [*((path, reading) for path in reads), *((path, writing) for path in writes)]:
        _allow(kernel, ruleset, path, rights & everything)
    kernel.call(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint(0))
    os.close(ruleset)


def _allow(kernel: _Kernel, ruleset: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.EACCES}:
            return  # what is not there need not be allowed
        raise
    try:
        if not path.is_dir():
            rights &= _OF_FILES
        rule = struct.pack("=Qi", rights, place)
        kernel.call(
            _ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_RULE_PATH_BENEATH), rule, ctypes.c_uint(0)
        )
    finally:
        os.close(place)


def places_of_python(packages: Iterable[str]) -> Iterator[Path]:
    """Where the interpreter, its libraries and these packages of ours lie: modules are loaded late, too.

    Of the folder that holds our packages nothing else is allowed: an installation may keep its settings and
    its partners' files beside them.
    """
    root = Path(__file__).resolve().parents[3]
    yield from (root / package for package in packages)
    yield from (Path(name) for name in ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/proc/self"))
    yield from (Path(name) for name in (sys.prefix, sys.base_prefix, sys.exec_prefix))
    yield from (Path(name) for name in sys.path if name and Path(name).resolve() != root)


# Calls: seccomp. A filter is a short program over the number of each call to the kernel.


class _Numbers(NamedTuple):
    """An architecture's numbers for the calls that are refused, and for the one used here."""

    audit: int
    capset: int
    refused: tuple[int, ...]


_X86_64 = _Numbers(
    audit=0xC000_003E,
    capset=126,
    refused=(
        41, 42, 53,  # socket, connect, socketpair
        56, 57, 58, 59, 322, 435,  # clone, fork, vfork, execve, execveat, clone3
        62, 200, 234, 129, 297, 424,  # kill and its kin
        101, 310, 311, 312, 434, 438,  # ptrace, process_vm_readv and writev, kcmp, pidfd_open and getfd
        155, 161, 165, 166, 272, 308, 428, 429, 430, 432, 442,  # mounting, roots, namespaces
        248, 249, 250,  # add_key, request_key, keyctl
        298, 321, 323, 425, 426, 427,  # perf_event_open, bpf, userfaultfd, io_uring
        304,  # open_by_handle_at
    ),
)  # fmt: skip
_AARCH64 = _Numbers(
    audit=0xC000_00B7,
    capset=91,
    refused=(
        198, 203, 199,
        220, 221, 281, 435,
        129, 130, 131, 138, 240, 424,
        117, 270, 271, 272, 434, 438,
        41, 51, 40, 39, 97, 268, 428, 429, 430, 432, 442,
        217, 218, 219,
        241, 280, 282, 425, 426, 427,
        265,
    ),
)  # fmt: skip
_BY_MACHINE = {"x86_64": _X86_64, "aarch64": _AARCH64}

_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
_ALLOW, _KILL, _REFUSE = 0x7FFF_0000, 0x8000_0000, 0x0005_0000 | errno.EPERM
_OTHER_INTERFACE = 0x4000_0000  # x32: the same calls under other numbers


def _numbers() -> _Numbers:
    if (numbers := _BY_MACHINE.get(os.uname().machine)) is None:
        raise LayerMissingError(os.uname().machine)
    return numbers


def _refuse_calls(kernel: _Kernel) -> None:
    """No socket, no other process to start, signal or look into, no way round the other layers."""
    numbers = _numbers()
    refused = numbers.refused
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_IF_EQUAL, 1, 0, numbers.audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_IF_AT_LEAST, len(refused) + 1, 0, _OTHER_INTERFACE),
        *((_JUMP_IF_EQUAL, len(refused) - place, 0, number) for place, number in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    kernel.control(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
