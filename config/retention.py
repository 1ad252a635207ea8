"""Days after which what nobody needs any more is forgotten, by kind.

docs/running.md says from when on they are counted and what stays.
"""

DAYS = {
    "sessions": 0,
    "tokens": 0,
    "links": 30,
    "mail_texts": 400,
    "jobs": 30,
    "deliveries": 30,
    "feeds": 90,
    "typed": 90,
}
