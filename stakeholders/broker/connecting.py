"""A connection to the broker for who has no time: one try, and a second for each answer.

The worker's own connections wait for work and may wait long; the client library tries three times,
pausing longer each time, and a broker that takes a connection and says nothing holds it for ever.
None of that may be paid by a request.
"""

from celery import current_app
from kombu import Connection
from kombu.transport import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

SECONDS = 1.0


class Channel(redis.Channel):
    """A channel whose every wait on the network is bounded and never repeated."""

    def _connparams(self, asynchronous: bool = False) -> dict[str, object]:
        bounded = {
            "socket_connect_timeout": SECONDS,
            "socket_timeout": SECONDS,
            "retry_on_timeout": False,
            "retry": Retry(NoBackoff(), 0),
        }
        return {**super()._connparams(asynchronous=asynchronous), **bounded}


class Transport(redis.Transport):
    Channel = Channel


def connection(url: str = "") -> Connection:
    """A fresh connection to the broker at `url`, or the site's own.

    A broker of another kind than Redis keeps its own waits.
    """
    conf = current_app.conf
    url = url or conf.broker_write_url or conf.broker_url
    is_redis = url.startswith(("redis://", "rediss://"))
    return Connection(
        url,
        transport=Transport if is_redis else None,
        connect_timeout=SECONDS,
        transport_options={**conf.broker_transport_options, "max_retries": 0},
    )
