"""How much of a request's files is written down before anybody has looked at them."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class BoundedUploadHandler(FileUploadHandler):
    """Stands before Django's handlers: strangers' files are passed over, and of an over-large one
    only so much goes on that the form can say it is too large.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        request = self.request
        known = request is not None and (
            settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        )
        if not known:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The piece, for the handlers behind; none once the limit is passed."""
        return None if start > settings.FILE_MAX_SIZE else raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind make the file."""
