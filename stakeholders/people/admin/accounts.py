"""Tables of the sign-in that administrators do not touch.

Whoever could enter an address, a second factor, a linked account or a session of another person
could sign in as that person and speak for its jurisdiction. People keep these themselves, and a
lost second factor is reset by two persons. Groups stand for roles of jurisdictions and have no
members; grants are made by acts.
"""

# Each registers its tables when it is first imported: here, so that it does not do so later.
import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin
import allauth.usersessions.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group

for model in (
    Authenticator,
    EmailAddress,
    Group,
    SocialAccount,
    SocialApp,
    SocialToken,
    UserSession,
):
    admin.site.unregister(model)
