"""A mail server that costs next to nothing: what is measured against it is the sender.

A server that parses each mail takes longer than any way of sending it, so that all ways look alike.
This one speaks just enough of SMTP (RFC 5321, with PIPELINING of RFC 2920) and keeps the Message-IDs.
Run as a process of its own it prints its port, then, for each line it reads, how many mails and how
many different Message-IDs came since; it ends when its input does.
"""

import socket
import sys
import threading
from typing import BinaryIO

OFFERED = b"250-sink\r\n250-PIPELINING\r\n250 SIZE 33554432\r\n"
ANSWERS = {b"EHLO": OFFERED, b"HELO": b"250 sink\r\n", b"QUIT": b"221 bye\r\n"}
SECONDS = 60.0  # of silence after which a connection is given up


class Kept:
    """What arrived since it was last asked."""

    def __init__(self) -> None:
        self._ids: list[bytes] = []
        self._lock = threading.Lock()

    def add(self, message_id: bytes) -> None:
        with self._lock:
            self._ids.append(message_id)

    def taken(self) -> tuple[int, int]:
        """(mails, different Message-IDs); then none is left."""
        with self._lock:
            found, self._ids = self._ids, []
        return len(found), len(set(found))


def talk(connection: socket.socket, kept: Kept) -> None:
    """Serve one client until it leaves."""
    connection.settimeout(SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, connection.makefile("rb") as lines:
        connection.sendall(b"220 sink\r\n")
        while line := lines.readline():
            verb = line[:4].upper()
            if verb.startswith(b"DATA"):
                connection.sendall(b"354 go ahead\r\n")
                kept.add(_message_id(lines))
                connection.sendall(b"250 kept\r\n")
                continue
            connection.sendall(ANSWERS.get(verb, b"250 ok\r\n"))
            if verb == b"QUIT":
                return


def _message_id(lines: BinaryIO) -> bytes:
    """Read a mail to its end; its Message-ID, empty where it has none."""
    found = b""
    while (line := lines.readline()) not in (b".\r\n", b""):
        if not found and line[:11].lower() == b"message-id:":
            found = line[11:].strip()
    return found


def main() -> None:
    kept = Kept()
    server = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            client, _address = server.accept()
            threading.Thread(target=talk, args=(client, kept), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdout.write(f"{server.getsockname()[1]}\n")
    sys.stdout.flush()
    for _line in sys.stdin:
        mails, ids = kept.taken()
        sys.stdout.write(f"{mails} {ids}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
