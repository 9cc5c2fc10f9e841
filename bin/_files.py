"""Locks, secrets and logs of a data folder. Standard library only, like all of bin/_*.py but _prepare.py."""

import contextlib
import fcntl
import os
import secrets
from pathlib import Path
from typing import IO

LOG_BYTES = 5_000_000


def take(path: Path, how: int) -> IO[bytes] | None:
    """Lock a file, or give None when LOCK_NB was asked and somebody else holds it."""
    handle = path.open("ab")
    try:
        fcntl.flock(handle, how)
    except BlockingIOError:
        handle.close()
        return None
    return handle


def is_held(path: Path) -> bool:
    """Whether somebody holds this file for himself alone; those who share it do not count."""
    handle = take(path, fcntl.LOCK_SH | fcntl.LOCK_NB)
    if handle is None:
        return True
    handle.close()
    return False


def secret(path: Path) -> str:
    """A random secret, made once and readable by its owner alone."""
    with contextlib.suppress(FileNotFoundError):
        return path.read_text()
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):  # another command was first: its secret counts
        os.link(draft, path)
    draft.unlink()
    return path.read_text()


def rotate(log: Path) -> Path:
    """Put a log that has grown too long aside; one former log is kept."""
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
    return log
