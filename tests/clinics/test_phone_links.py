"""Vectors of domain 9.2, URIs (B-03, B-04)."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from clinics.phone_links import check_uri, sms_href, tel_href
from clinics.phones import Number

NUMBER = Number("+19725550123")


@pytest.mark.parametrize(
    ("number", "href"),
    [
        (NUMBER, "tel:+19725550123"),
        (Number("+19725550123", "204"), "tel:+19725550123;ext=204"),
        (Number("+19722255669", label="972-CALL-NOW"), "tel:+19722255669"),
    ],
)
def test_tel_href_is_global_form(number: Number, href: str) -> None:
    """B-03."""
    assert tel_href(number) == href


def test_sms_href_has_no_body_unless_given() -> None:
    """B-04. An extension cannot be texted."""
    assert sms_href(NUMBER) == "sms:+19725550123"
    assert sms_href(NUMBER, strict=True) == "sms:+19725550123"
    assert sms_href(Number("+19725550123", "204")) == "sms:+19725550123"


@pytest.mark.parametrize(
    ("body", "encoded"),
    [
        ("Hi there", "Hi%20there"),
        ("50% off & more", "50%25%20off%20%26%20more"),
        ("Dr. Ramírez – hola", "Dr.%20Ram%C3%ADrez%20%E2%80%93%20hola"),
        ("a+b #1\n?", "a%2Bb%20%231%0A%3F"),
    ],
)
def test_sms_href_percent_encodes_body(body: str, encoded: str) -> None:
    """B-04."""
    href = sms_href(NUMBER, body)

    assert href == f"sms:+19725550123?&body={encoded}"
    assert sms_href(NUMBER, body, strict=True) == f"sms:+19725550123?body={encoded}"
    assert unquote(encoded) == body
    check_uri(href)


def test_sms_href_limits_body_to_160_characters() -> None:
    """B-04: counted after decoding, so an accent is one character."""
    check_uri(sms_href(NUMBER, "é" * 160))

    with pytest.raises(ValueError, match="161 characters, at most 160"):
        sms_href(NUMBER, "é" * 161)


@pytest.mark.parametrize(
    "href",
    [
        "tel:+19725550123",
        "tel:+1-972-555-0123",
        "tel:+1.972.555.0123",
        "tel:+1-972-555-0123;ext=204",
        "tel:972-555-0123;phone-context=+1",
        "tel:911",
        "tel:988",
        "sms:988",
        "sms:+19725550123",
        "sms:+19725550123?body=Hi%20there",
        "sms:+19725550123?&body=Hi%20there",
        "sms:+19725550123?body=50%25%20off%20%26%20more",
        "sms:+19725550123?body=Dr.%20Ram%C3%ADrez%20%E2%80%93%20hola",
    ],
)
def test_check_uri_accepts(href: str) -> None:
    check_uri(href)


@pytest.mark.parametrize(
    ("href", "reason"),
    [
        ("tel:9725550123", "must start with .1; a local number needs that context"),
        ("tel:(972)555-0123", "must start with .1; a local number needs that context"),
        ("tel:+1 972 555 0123", "no spaces"),
        ("tel://+19725550123", "no slashes"),
        ("tel:+19725550123,204", "an extension is written ;ext="),
        ("tel:+19725550123;ext=", "then ;ext= and digits"),
        ("tel:+1972555012", "instead of 10 digits"),
        ("tel:+11725550123", "area code cannot start with 0 or 1"),
        ("tel:+442079460958", "not a US number"),
        ("sms:+19725550123&body=Hi", "starts with .body="),
        ("sms:+19725550123;?&body=Hi", "starts with .body="),
        ("sms://+19725550123", "no slashes"),
        ("sms:+19725550123?body=a+b", "a plus sign is no space"),
        ("sms:+19725550123,+12145550123", "one recipient only"),
        ("sms:+19725550123?body=Hi there", "no spaces"),
        ("sms:+19725550123?body=a&body=b", "one body only"),
        ("sms:+19725550123?body=50%", "percent-encoded"),
        ("sms:+19725550123?body=Ram%EDrez", "not percent-encoded UTF-8"),
        ("sms:+19725550123?body=Ramírez", "percent-encoded"),
        ("sms:+19725550123?subject=Hi", "only .body="),
        ("sms:+19725550123?body=" + "a" * 161, "longer than 160"),
        ("sms:9725550123", "must start with .1"),
        ("sms:911", "must start with .1"),
        ("https://example.org/", "starts with tel: or sms:"),
        ("javascript:alert(1)", "starts with tel: or sms:"),
        ("", "starts with tel: or sms:"),
    ],
)
def test_check_uri_refuses_with_reason(href: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        check_uri(href)


def test_check_uri_refuses_cross_platform_body_when_strict() -> None:
    """B-04."""
    check_uri("sms:+19725550123?body=Hi", strict=True)

    with pytest.raises(ValueError, match="not in RFC 5724"):
        check_uri("sms:+19725550123?&body=Hi", strict=True)
