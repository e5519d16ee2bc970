"""`tel:` and `sms:` addresses from a `Number`, and the rule that any such address must pass.

No address of these schemes may reach a page that `check_uri` would refuse (B-03, B-04).
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes

from clinics.phones import Number, parse_number

SMS_BODY_LIMIT = 160

# RFC 3966: "-", ".", "(" and ")" are the only visual separators; a space is none.
_TEL = re.compile(r"\+1(?P<number>[0-9.()-]+)(?:;ext=[0-9]{1,7})?")
_TEL_LOCAL = re.compile(r"(?P<number>[0-9.()-]+);phone-context=\+1")
_SMS = re.compile(r"\+1(?P<number>[0-9.()-]+)(?P<query>\?.*)?", re.S)
_SMS_BODY = re.compile(r"\?(?P<loose>&)?body=(?P<body>.*)", re.S)
_ENCODED = re.compile(r"(?:[A-Za-z0-9._~!$'()*,;:@/?-]|%[0-9A-Fa-f]{2})*")
_SHORT = frozenset({"tel:911", "tel:988", "sms:988"})


def tel_href(number: Number) -> str:
    extension = f";ext={number.extension}" if number.extension else ""
    return f"tel:{number.e164}{extension}"


def sms_href(number: Number, body: str = "", *, strict: bool = False) -> str:
    """An extension is left out: a text reaches the number, never a desk behind it.

    `?&body=` is reported to work on both platforms, though only `?body=` is in RFC 5724: `strict`
    asks for the latter. Without a body there is nothing to choose. Raises `ValueError` for a body
    over 160 characters.
    """
    if len(body) > SMS_BODY_LIMIT:
        raise ValueError(f"The text has {len(body)} characters, at most {SMS_BODY_LIMIT} may be.")
    if not body:
        return f"sms:{number.e164}"
    return f"sms:{number.e164}{'?' if strict else '?&'}body={quote(body, safe='')}"


def check_uri(href: str, *, strict: bool = False) -> None:
    """Raises `ValueError` with the reason for an address that a phone may not understand.

    `strict` also refuses `?&body=`, for a clinic that is set to the form of the RFC.
    """
    if href in _SHORT:
        return
    scheme, _colon, rest = href.partition(":")
    if scheme not in ("tel", "sms"):
        raise ValueError(f"{href!r}: a phone address starts with tel: or sms:.")
    if rest.startswith("//"):
        raise ValueError(f"{href!r}: no slashes after {scheme}:.")
    if re.search(r"\s", rest):
        raise ValueError(f"{href!r}: no spaces; a space in a text is %20.")
    if scheme == "tel":
        _check_tel(href, rest)
    else:
        _check_sms(href, rest, strict)


def _check_tel(href: str, rest: str) -> None:
    if "," in rest:
        raise ValueError(f"{href!r}: an extension is written ;ext=, not with a comma.")
    match = _TEL.fullmatch(rest) or _TEL_LOCAL.fullmatch(rest)
    if not match:
        raise ValueError(f"{href!r}: {_wrong_number(rest)}")
    parse_number(match["number"])


def _check_sms(href: str, rest: str, strict: bool) -> None:
    recipient = rest.partition("?")[0]
    if "," in recipient:
        raise ValueError(f"{href!r}: one recipient only.")
    if "&" in recipient or ";" in recipient:
        raise ValueError(f"{href!r}: the text starts with ?body=, right after the number.")
    match = _SMS.fullmatch(rest)
    if not match:
        raise ValueError(f"{href!r}: {_wrong_number(rest)}")
    parse_number(match["number"])
    if match["query"] is not None:
        _check_body(href, match["query"], strict)


def _check_body(href: str, query: str, strict: bool) -> None:
    match = _SMS_BODY.fullmatch(query)
    if not match:
        raise ValueError(f"{href!r}: only ?body= or ?&body= may follow the number.")
    if strict and match["loose"]:
        raise ValueError(f"{href!r}: ?&body= is not in RFC 5724; write ?body=.")
    if "+" in match["body"]:
        raise ValueError(f"{href!r}: a plus sign is no space here; write %20 for a space.")
    if not _ENCODED.fullmatch(match["body"]):
        raise ValueError(f"{href!r}: the text must be percent-encoded, with one body only.")
    _check_length(href, match["body"])


def _check_length(href: str, body: str) -> None:
    try:
        text = unquote_to_bytes(body).decode()
    except UnicodeDecodeError:
        raise ValueError(f"{href!r}: the text is not percent-encoded UTF-8.") from None
    if len(text) > SMS_BODY_LIMIT:
        raise ValueError(f"{href!r}: the text is longer than {SMS_BODY_LIMIT} characters.")


def _wrong_number(rest: str) -> str:
    if not rest.startswith("+"):
        return "the number must start with +1; a local number needs that context."
    if not rest.startswith("+1"):
        return "not a US number; it must start with +1."
    return "only digits and - . ( ) may follow +1, then ;ext= and digits for an extension."
