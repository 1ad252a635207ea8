"""Whether a text that somebody entered as an address may become a link."""

from urllib.parse import urlsplit

from django import template

register = template.Library()
SCHEMES = frozenset({"http", "https"})


@register.filter
def is_web_address(text: object) -> bool:
    """`{% if meeting.link|is_web_address %}`: a whole address of the web, and no script.

    Forms and actions refuse others; a row that came another way (an import, a restored copy) must
    not become a link that runs something either.
    """
    try:
        parts = urlsplit(str(text or ""))
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.netloc)
