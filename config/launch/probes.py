"""Questions to the network of this machine."""

import http.client
import socket

from config.launch.terms import LaunchError

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """Return a port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Say whether `port` can be bound on the loopback."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def require_free(port: int) -> None:
    """Refuse with a port that works when `port` is taken."""
    if is_free(port):
        return
    other = next((number for number in range(8123, 8200) if number != port and is_free(number)), 0)
    raise LaunchError(f"port {port} is taken: PORT={other or free_port()} make up")


def has_ipv6_loopback() -> bool:
    """Say whether [::1] can be bound here; many containers have no IPv6."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def status_of(*, port: int, path: str, seconds: float = 5.0) -> tuple[int, str]:
    """Return status and text of a page of the local site; status 0 when it does not answer."""
    link = http.client.HTTPConnection(LOOPBACK, port, timeout=seconds)
    try:
        link.request("GET", path, headers={"Host": f"localhost:{port}"})
        answer = link.getresponse()
        return answer.status, answer.read(4000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error)
    finally:
        link.close()
