"""The only pages a stranger reaches. Everything else is closed; a test walks every URL."""

# By full name of the URL. A new entry is a decision: say in its commit why strangers need it.
OPEN_URLS: frozenset[str] = frozenset(
    {
        "healthz",
        "readyz",
        "set_language",
        # signing in, and finding the way back in
        "account_login",
        "account_logout",
        "account_signup",  # answers that registration is closed
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "people:invitation",  # the link in a mail; GET shows, POST accepts
        # the link in a mail; GET shows a button, POST opens the one page of an invitation
        "preparation:door",
        "preparation:entered",
        "preparation:entered_file",
        # the link in a mail; GET shows, POST stops mail without legal effect, or puts it back
        "unsubscribe",
        "desk:feed",  # calendar programs sign in nowhere; the secret in the address is of 256 bits
        "api:evaluate",  # the consensus rules for anybody: computes, keeps nothing, limited by address
        "account_confirm_email",  # the link in a mail; GET shows, POST confirms
        "mfa_login_webauthn",  # the challenge a passkey answers
        "socialaccount_login_cancelled",
    }
)
