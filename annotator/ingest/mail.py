"""E-mail messages (eml): the plain part, else the web page in it."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from annotator.ingest.dates import mail_date
from annotator.ingest.decoding import decode
from annotator.ingest.html import read_html
from annotator.ingest.results import Draft, UnfitError

_HEADERS = ("from", "subject", "date", "to", "message-id", "received")
_SOFT_BREAK = re.compile(r"(?<=[^\n-]) \r?\n(?=[^>\s])")


def read_mail(data: bytes) -> Draft:
    """Text of the message; its subject is the title, its sender's name the outlet."""
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not any(_header(message, name) for name in _HEADERS):
        raise UnfitError("it is not an e-mail message")
    body = message.get_body(preferencelist=("plain", "html"))
    if not isinstance(body, EmailMessage):
        raise UnfitError("the message has no text part")
    draft = _draft_of(body)
    left_out = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    notes = (f"attachments left out ×{left_out}",) if left_out else ()
    return Draft(
        draft.text,
        f"email 1 + {draft.extractor}" if body.get_content_subtype() == "html" else "email 1",
        title=_header(message, "subject"),
        outlet=_sender(_header(message, "from")),
        published=mail_date(_header(message, "date") or ""),
        changed=(*draft.changed, *notes),
    )


def _draft_of(body: EmailMessage) -> Draft:
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if body.get_content_subtype() == "html":
        return read_html(data)
    text, notes = decode(data, body.get_content_charset())
    if str(body.get_param("format", "")).lower() == "flowed":
        text, notes = _SOFT_BREAK.sub(" ", text), (*notes, "soft line breaks joined")
    return Draft(text, "email 1", changed=notes)


def _header(message: EmailMessage, name: str) -> str | None:
    """A header's words; None when it is missing or too broken to be read."""
    try:
        value = message[name]
        return str(value) if value else None
    except Exception:  # noqa: BLE001 - the standard parser raises many kinds on hostile headers
        return None


def _sender(value: str | None) -> str | None:
    """`"MFA Press" <press@mfa.example>` -> MFA Press."""
    name = (value or "").partition("<")[0].strip().strip('"').strip()
    return name if name and "@" not in name else None
