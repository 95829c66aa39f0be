"""An IPython extension that keeps the kernel off the network: only this machine can be reached, and no other program started."""

import ipaddress
import sys

LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
PROGRAMS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}
CONTACTS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


def load_ipython_extension(_shell):
    sys.addaudithook(refuse_network)


def refuse_network(event, arguments):
    """Audit hook: raise PermissionError for any look-up of, or contact with, another machine, and for any other program."""
    if event in PROGRAMS:
        raise PermissionError(f"chapters start no other programs, but this cell asked for {arguments[0]!r}")
    if event in LOOK_UPS:
        host = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
    elif event in CONTACTS and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if not is_this_machine(host):
        raise PermissionError(f"chapters run without network, but this cell asked for {host!r}")


def is_this_machine(host):
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
