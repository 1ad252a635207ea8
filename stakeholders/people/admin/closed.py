"""Tables of allauth that no administrator reads or edits by hand.

Whoever writes there becomes another person: a secret of an authenticator app, an address or a
sign-in linked to another's account, a provider of one's own. Keys of sessions open them.
"""

from allauth.account import admin as addresses
from allauth.mfa import admin as factors
from allauth.socialaccount import admin as sign_ins
from allauth.usersessions import admin as sessions
from django.contrib import admin

# Imported first, so that what these modules register is there to be taken out again.
REGISTERED_BY = (addresses, factors, sign_ins, sessions)
CLOSED = frozenset(
    model
    for model in admin.site._registry
    if model._meta.app_label in {"account", "mfa", "socialaccount", "usersessions"}
)
admin.site.unregister(CLOSED)
