"""The launcher: everything `make up` needs, on the standard library and psycopg alone.

It imports neither Django nor the project's settings, so that it starts in a moment and can
report a broken installation instead of breaking with it.
"""
