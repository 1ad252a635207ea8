"""Tables of the sign-in that no administrator reads or edits by hand.

Whoever writes there becomes another person: a secret of an authenticator app, an address or a
sign-in linked to another's account, a provider of one's own. Keys of sessions open them. People
keep these themselves, and a lost second factor is reset by two persons. Groups stand for roles of
jurisdictions and have no members; grants are made by acts.
"""

from allauth.account import admin as addresses
from allauth.mfa import admin as factors
from allauth.socialaccount import admin as sign_ins
from allauth.usersessions import admin as sessions
from django.contrib import admin
from django.contrib.auth import admin as groups

# Imported first, so that what these modules register is there to be taken out again.
REGISTERED_BY = (addresses, factors, groups, sign_ins, sessions)
CLOSED = frozenset(
    model
    for model in admin.site._registry
    if model._meta.app_label in {"account", "auth", "mfa", "socialaccount", "usersessions"}
)
admin.site.unregister(CLOSED)
