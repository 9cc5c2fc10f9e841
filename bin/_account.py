"""Under which account a server runs, and with whom it ends: a few calls of the operating system."""

import ctypes
import os
import pwd
import stat
import sys
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 28, 47, 2
SECBIT_NO_SETUID_FIXUP = 1 << 2
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
CAPABILITY_VERSION_3 = 0x20080522


def stop_with_parent(number: int) -> None:
    """Ask Linux to send this signal to the calling process when its parent dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)


def is_open(path: Path) -> bool:
    """Whether everyone may pass through the folders that lead there."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)


def become(account: pwd.struct_passwd, *, through_closed_folders: bool) -> None:
    """Leave root for an ordinary account, for PostgreSQL refuses root.

    The repository or the data may lie in a folder closed to others, as /root is. Rather than open that
    folder, keep the right to pass through closed folders, where Linux grants it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    keep = through_closed_folders and sys.platform == "linux"
    if keep:  # else leaving root drops every right, and access(2) would ignore the one we keep
        libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    os.setgroups([])
    os.setresgid(account.pw_gid, account.pw_gid, account.pw_gid)
    os.setresuid(account.pw_uid, account.pw_uid, account.pw_uid)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    for capability in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE) if keep else ():
        low = 1 << capability
        effective_permitted_inheritable = (ctypes.c_uint32 * 6)(low, low, low, 0, 0, 0)
        kept = libc.capset(header, effective_permitted_inheritable) == 0
        if kept and libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0:
            return
    if keep:  # no right could be kept: drop every one
        libc.capset(header, (ctypes.c_uint32 * 6)())
