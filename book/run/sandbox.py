"""An IPython extension that keeps the kernel off the network: only this machine can be reached, and no other program started."""

import ipaddress
import sys
from typing import Any

_LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
_PROGRAMS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}
_CONTACTS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


def load_ipython_extension(_shell: object) -> None:
    """Called by IPython when the kernel starts."""
    sys.addaudithook(refuse_network)


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: raise PermissionError for any look-up of, or contact with, another machine, and for any other program."""
    if event in _PROGRAMS:
        raise PermissionError(f"chapters start no other programs, but this cell asked for {arguments[0]!r}")
    if event in _LOOK_UPS:
        host = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
    elif event in _CONTACTS and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if not _is_this_machine(host):
        raise PermissionError(f"chapters run without network, but this cell asked for {host!r}")


def _is_this_machine(host: str | bytes | None) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False
