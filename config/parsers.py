"""What the API reads."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class ReadableJSONParser(JSONParser):
    """JSON whose texts PostgreSQL can keep: neither the byte zero nor half a character.

    400 for these, and for JSON nested deeper than Python reads.
    """

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError("nested too deeply") from error
        waiting: list[Any] = [data]
        while waiting:
            one = waiting.pop()
            if isinstance(one, dict):
                waiting += [*one.keys(), *one.values()]
            elif isinstance(one, list):
                waiting += one
            elif isinstance(one, str) and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in one):
                raise ParseError("a text holds the byte zero or half a character")
        return data
