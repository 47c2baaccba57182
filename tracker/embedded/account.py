"""Who a server runs as: ourselves, or as root an unprivileged account, since PostgreSQL refuses to run as root.

No account is added to the system and no folder's permissions are changed. Where the account could not reach the
program or its data (a clone under /root, mode 0700), the server keeps one capability: to look into folders that are
not its own. It can still write only what it owns.
"""

import ctypes
import os
import pwd
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

# The numbers of <linux/capability.h> and <linux/prctl.h>.
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
PR_SET_PDEATHSIG, PR_SET_NAME, PR_SET_SECUREBITS, PR_CAP_AMBIENT = 1, 15, 28, 47
PR_CAP_AMBIENT_RAISE = 2
SECBIT_NO_SETUID_FIXUP = 1 << 2
CAPABILITY_VERSION_3 = 0x20080522

LINUX = sys.platform == "linux"
libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Account:
    """A user id and group id that a server runs as."""

    uid: int
    gid: int

    @classmethod
    def that_owns(cls, folder: Path) -> "Account | None":
        """The account for the servers of a folder; None: our own.

        As root it is whoever owns the folder, so that data made by a plain user stay theirs; else `nobody`.
        """
        if os.geteuid() != 0:
            return None
        owner = folder.stat() if folder.exists() else None
        if owner and owner.st_uid != 0:
            return cls(owner.st_uid, owner.st_gid)
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid)

    def give(self, path: Path) -> None:
        """Make it the owner of a file or folder."""
        os.chown(path, self.uid, self.gid)

    def may(self, path: Path, permission: int) -> bool:
        """Whether the mode bits of one path grant it `permission` (4 read, 2 write, 1 enter or run)."""
        info = path.stat()
        mode = stat.S_IMODE(info.st_mode)
        if info.st_uid == self.uid:
            return bool(mode >> 6 & permission)
        return bool((mode >> 3 if info.st_gid == self.gid else mode) & permission)

    def capability_to_reach(self, program: Path, folder: Path) -> int | None:
        """The one capability it needs to run a program on a folder; None where the mode bits suffice."""
        if not self.may(program, 1):  # installed under umask 077: reading is not enough to run it
            return CAP_DAC_OVERRIDE
        parents = {*program.resolve().parents, *folder.resolve().parents}
        if all(self.may(parent, 1) for parent in parents):
            return None
        return CAP_DAC_READ_SEARCH if holds(CAP_DAC_READ_SEARCH) else CAP_DAC_OVERRIDE

    def become(self, capability: int | None) -> None:
        """Drop root for good, in a child before it executes a server. The order is the kernel's:

        1. groups while we still may, 2. keep capabilities over the change of user, and let access(2), which initdb
        asks whether it may run `postgres`, count them, 3. the user, 4. drop all capabilities but the one, which only
        as an ambient one lasts over an exec.
        """
        os.setgroups([])
        os.setresgid(self.gid, self.gid, self.gid)
        if capability is not None:
            prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP)
        os.setresuid(self.uid, self.uid, self.uid)
        if capability is not None:
            keep_only(capability)


def prctl(option: int, *values: int) -> None:
    """The Linux call, with an exception where it fails."""
    padded = [*values, 0, 0, 0, 0][:4]
    if libc.prctl(option, *map(ctypes.c_ulong, padded)) != 0:
        raise OSError(ctypes.get_errno(), f"prctl({option}) failed")


def holds(capability: int) -> bool:
    """Whether this process has a capability to hand on (containers often lack some)."""
    if not LINUX:
        return False
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    permitted = next(line for line in status.splitlines() if line.startswith("CapPrm:"))
    return bool(int(permitted.split()[1], 16) >> capability & 1)


def keep_only(capability: int) -> None:
    """Hold this one capability and none other, and let it survive exec."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    bit = 1 << capability
    data = (ctypes.c_uint32 * 6)(
        bit, bit, bit, 0, 0, 0
    )  # effective, permitted, inheritable; then the high halves
    if libc.capset(header, data) != 0:
        raise OSError(ctypes.get_errno(), "capset failed")
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability)


def die_with(parent: int, signal_number: int) -> None:
    """Ask the kernel to signal this process when its parent dies, even by kill -9 (Linux only).

    Called after any change of user, which clears the request; and the parent may have died before it.
    """
    if not LINUX:
        return
    prctl(PR_SET_PDEATHSIG, signal_number)
    if os.getppid() != parent:
        os._exit(1)


def name_process(name: str) -> None:
    """The name that `ps` and `top` show for this process, of at most 15 letters (Linux only)."""
    if LINUX:
        libc.prctl(PR_SET_NAME, name.encode())
