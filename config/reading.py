"""What is looked at before Django reads a request. No Django."""

import codecs
from collections.abc import Callable, Iterable
from email.message import Message
from typing import Any

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]
UTF_8 = "utf-8"


def only_utf_8(application: Callable[..., Iterable[bytes]]) -> Application:
    """Answer 400 to a request whose words are in another encoding than UTF-8.

    Browsers and programs of our API send no other. Django takes any encoding of Python for one,
    also those that pack, turn letters or fail: it then breaks while the request is made, before
    any page can say so.
    """

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if _is_utf_8(environ.get("CONTENT_TYPE", "")):
            return application(environ, start)
        start("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"The request cannot be read: its text is not in UTF-8.\n"]

    return answer


def _is_utf_8(content_type: str) -> bool:
    message = Message()
    message["Content-Type"] = content_type.replace("\r", " ").replace("\n", " ")
    named = message.get_param("charset", UTF_8)
    try:
        return isinstance(named, str) and codecs.lookup(named).name == UTF_8
    except (LookupError, ValueError):
        return False
