import socket

import pytest

from config.launch import probes
from config.launch.terms import LaunchError


def test_require_free_names_another_port_when_taken() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(LaunchError, match=rf"^port {port} is taken: PORT=\d+ make up$"):
            probes.require_free(port)
    probes.require_free(port)


def test_status_of_no_answer_is_zero() -> None:
    status, text = probes.status_of(port=probes.free_port(), path="/readyz")
    assert status == 0
    assert "refused" in text
