"""One mail over an open SMTP connection, with as few waits as the server allows (RFC 2920).

`smtplib` waits for the answer to each command. Servers that offer PIPELINING take the sender, the
recipient and the wish to send in one piece: two waits a mail and not four.
"""

import smtplib
from collections.abc import Callable

OK = (250, 251)
GO_AHEAD = 354


def send_bytes(
    smtp: smtplib.SMTP,
    *,
    sender: str,
    recipient: str,
    raw: bytes,
    before_text: Callable[[], None] = lambda: None,
) -> None:
    """Send `raw` to one recipient; both addresses are bare and were checked.

    `before_text` runs while the server is ready for the text and has none of it: where it raises,
    this mail is not sent. Raises the errors of smtplib's `sendmail`, and leaves its state behind.
    """
    smtp.ehlo_or_helo_if_needed()
    if not smtp.has_extn("pipelining") or not (sender + recipient).isascii():
        before_text()
        smtp.sendmail(sender, [recipient], raw)
        return
    size = f" SIZE={len(raw)}" if smtp.has_extn("size") else ""
    commands = (
        f"MAIL FROM:<{sender}>{size}",
        f"RCPT TO:<{recipient}>",
        "DATA",
    )
    smtp.send("".join(f"{command}\r\n" for command in commands))
    from_, to, data = (smtp.getreply() for _command in commands)
    if from_[0] in OK and to[0] in OK and data[0] == GO_AHEAD:
        try:
            before_text()
        except BaseException:
            smtp.close()  # a good-bye would be read as text, and its answer never come
            raise
        smtp.send(smtplib._quote_periods(raw) + b".\r\n")
        answer = smtp.getreply()
        if answer[0] not in OK:
            _reset(smtp, answer[0])
            raise smtplib.SMTPDataError(*answer)
        return
    if data[0] == GO_AHEAD:
        smtp.send(b".\r\n")  # it takes a text all the same: an empty one, for nobody
        smtp.getreply()
    _reset(smtp, from_[0])
    if from_[0] not in OK:
        raise smtplib.SMTPSenderRefused(*from_, sender)
    if to[0] not in OK:
        raise smtplib.SMTPRecipientsRefused({recipient: to})
    raise smtplib.SMTPDataError(*data)


def _reset(smtp: smtplib.SMTP, code: int) -> None:
    if code == 421:
        smtp.close()
    elif smtp.sock is not None:
        smtp._rset()
