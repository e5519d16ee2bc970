"""What a host may answer at all, and what every answer carries."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.test import Client, override_settings

from clinics.brand import stylesheet_urls
from clinics.choices import ClinicStatus
from clinics.clinic import Brand
from clinics.models import ClinicFacts, HostAlias
from tests.articles.factories import make_article
from tests.factories import World

ROOT = Path(__file__).resolve().parents[2]
PUBLIC_PATHS = (
    "/", "/conditions/", "/conditions/fibromyalgia/", "/locations/", "/about/", "/contact/",
    "/privacy/", "/nowhere/",
)  # fmt: skip
# security.md, section 3
PUBLIC_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
BRAND = Brand()
SECRET = "3Jx9" * 20 + "no-secret-at-all"

type OpenSite = Callable[[Any], Client]


def _production(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a Python with the settings of production prints."""
    variables = {"PATH": os.environ["PATH"], "ADMIN_HOST": "admin.test", **environment}
    variables["DATABASE_URL"] = "sqlite:///:memory:"
    variables["VAR_DIR"] = settings.MEDIA_ROOT
    command = [sys.executable, "-c", f"import json; from cms.settings.production import *; {code}"]
    return subprocess.run(  # noqa: S603 - our own code
        command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )


# Hosts


@pytest.mark.parametrize("host", ["unknown.test", "hillside.test.evil.test", "127.0.0.1", "[::1]"])
@pytest.mark.parametrize("path", ["/", "/conditions/fibromyalgia/", "/admin/", "/admin/login/"])
def test_unknown_host_gets_nothing_of_any_clinic(host: str, path: str, world: World) -> None:
    """security.md 2.13: a plain 404, never the default site."""
    make_article()

    response = Client(HTTP_HOST=host).get(path)

    html = response.content.decode()
    assert response.status_code == 404
    words = ("Hillside", "Harbour", "Group", "Fibromyalgia", "tel:", "stylesheet", "<form")
    assert [word for word in words if word in html] == []


def test_clinic_in_preparation_is_like_an_unknown_host(world: World) -> None:
    ClinicFacts.objects.filter(clinic=world.harbour).update(status=ClinicStatus.PREPARING)

    unknown = Client(HTTP_HOST="unknown.test").get("/")
    response = Client(HTTP_HOST="harbour.test").get("/")

    assert (response.status_code, response.content) == (404, unknown.content)


def test_alias_goes_to_the_clinics_own_host(world: World) -> None:
    HostAlias.objects.create(page=world.harbour, hostname="marina.test")

    response = Client(HTTP_HOST="marina.test").get("/locations/?src=ads")

    assert response.status_code == 301
    assert response["Location"] == "http://harbour.test/locations/?src=ads"


@pytest.mark.parametrize("path", ["//evil.test/", "/\\evil.test/", "///evil.test"])
def test_alias_sends_nobody_elsewhere(path: str, world: World) -> None:
    HostAlias.objects.create(page=world.harbour, hostname="marina.test")

    response = Client(HTTP_HOST="marina.test").get("/", PATH_INFO=path)

    assert response["Location"].startswith("http://harbour.test/")


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "Forwarded"])
def test_forwarded_host_is_ignored(header: str, world: World, site_client: OpenSite) -> None:
    client = site_client(world.hillside)

    forged = client.get("/", headers={header: "harbour.test"})

    assert forged.content == client.get("/").content
    assert b"Harbour" not in forged.content


@pytest.mark.parametrize("host", ["HILLSIDE.test", "hillside.test:8000", "hillside.test."])
def test_host_is_found_however_it_is_written(host: str, world: World) -> None:
    response = Client(HTTP_HOST=host).get("/")

    assert response.status_code == 200
    assert b"Hillside Pain Clinic" in response.content


# The admin


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/login/", "/admin/sign-in/", "/admin/pages/", "/documents/1/a.pdf"]
)
@pytest.mark.parametrize("host", ["hillside.test", "hub.test"])
def test_admin_is_not_on_public_hosts(path: str, host: str, world: World) -> None:
    client = Client(HTTP_HOST=host)
    client.force_login(world.superuser)

    response = client.get(path)

    assert response.status_code == 404
    assert b"password" not in response.content


def test_admin_is_on_its_own_host(world: World) -> None:
    response = Client(HTTP_HOST=settings.ADMIN_HOST).get("/admin/sign-in/")

    assert response.status_code == 200
    assert "'unsafe-inline'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_admin_host_without_a_site_has_no_public_pages(world: World) -> None:
    response = Client(HTTP_HOST=settings.ADMIN_HOST).get("/")

    assert response.status_code == 404
    assert b"Hillside" not in response.content


# Headers


@pytest.mark.parametrize("path", PUBLIC_PATHS)
def test_public_pages_carry_the_headers_of_the_policy(
    path: str, world: World, site_client: OpenSite
) -> None:
    """security.md 3; P-06."""
    make_article()

    response = site_client(world.hillside).get(path)

    names = (
        "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
        "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy",
    )  # fmt: skip
    assert {name: response.get(name) for name in names} == {
        "Content-Security-Policy": PUBLIC_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
        "browsing-topics=()",
    }


@pytest.mark.parametrize("path", PUBLIC_PATHS)
def test_patients_get_no_cookie(path: str, world: World, site_client: OpenSite) -> None:
    """P-03; a page is also the same for everybody, so no cache need tell visitors apart."""
    make_article()

    response = site_client(world.hillside).get(path)

    assert response.cookies == {}
    assert "cookie" not in response.get("Vary", "").lower()


def test_public_pages_need_no_inline_code(world: World, site_client: OpenSite) -> None:
    make_article()

    for path in PUBLIC_PATHS:
        html = site_client(world.hillside).get(path).content.decode()
        html = html.replace('<script type="application/ld+json">', "")  # no code
        html = re.sub(r'<script src="/static/[\w/.]+" defer[^<>]*></script>', "", html)
        assert [
            word for word in ("<script", "<style", " style=", " onclick=") if word in html
        ] == []


# Production


def test_production_speaks_https_only() -> None:
    code = "print(json.dumps([SECURE_HSTS_SECONDS, SECURE_HSTS_INCLUDE_SUBDOMAINS, "
    code += "SECURE_HSTS_PRELOAD, SECURE_SSL_REDIRECT, SESSION_COOKIE_SECURE, DEBUG]))"

    done = _production(code, SECRET_KEY=SECRET)

    assert json.loads(done.stdout) == [31_536_000, True, True, True, True, False]


@pytest.mark.parametrize("secret", ["", "short", "a" * 80, "insecure-" + SECRET])
def test_production_refuses_a_missing_or_weak_secret(secret: str) -> None:
    done = _production("print('started')", SECRET_KEY=secret)

    assert (done.returncode, done.stdout) == (1, "")
    assert "SECRET_KEY is missing or too weak" in done.stderr


def test_https_pages_ask_for_https_from_then_on(world: World) -> None:
    with override_settings(
        SECURE_HSTS_SECONDS=31_536_000,
        SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
        SECURE_HSTS_PRELOAD=True,
    ):
        response = Client(HTTP_HOST="hillside.test").get("/", secure=True)

    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


# Compression


def test_public_pages_are_compressed(world: World, site_client: OpenSite) -> None:
    """P15, for visitors whose server in front does not do it."""
    client = site_client(world.hillside)

    plain = client.get("/about/")
    small = client.get("/about/", headers={"accept-encoding": "gzip"})

    assert (plain.has_header("Content-Encoding"), small["Content-Encoding"]) == (False, "gzip")
    assert gzip.decompress(small.content) == plain.content
    assert "Accept-Encoding" in plain["Vary"]


def test_browsers_get_brotli(world: World, site_client: OpenSite) -> None:
    """Smaller than gzip; an old browser, or one that refuses it, still gets what it can read."""
    client = site_client(world.hillside)
    for path in ("/about/", *stylesheet_urls(BRAND)):
        plain = client.get(path)
        small = client.get(path, headers={"accept-encoding": "gzip, deflate, br, zstd"})
        zipped = client.get(path, headers={"accept-encoding": "gzip, br;q=0"})
        assert (small["Content-Encoding"], zipped["Content-Encoding"]) == ("br", "gzip")
        assert brotli.decompress(small.content) == plain.content
        assert int(small["Content-Length"]) == len(small.content) < len(zipped.content)
        assert "Accept-Encoding" in small["Vary"]


def test_parts_of_a_page_carry_no_headers_about_pages(world: World, site_client: OpenSite) -> None:
    """P15: half a kilobyte that no browser reads there; what it does read stays."""
    client = site_client(world.hillside)

    for path in (*stylesheet_urls(BRAND), "/static/clinics/js/page.js"):
        response = client.get(path)
        assert response.status_code == 200
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        for name in ("Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"):
            assert not response.has_header(name)
        if response.streaming:  # an open file
            response.close()


@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
def test_pages_are_as_long_as_they_say(accepted: str, world: World, site_client: OpenSite) -> None:
    """A connection that stays open ends nothing: the reader would wait for the rest."""
    response = site_client(world.hillside).get("/", headers={"Accept-Encoding": accepted})

    assert response["Content-Length"] == str(len(response.content))


def test_pages_with_a_secret_in_them_are_not_compressed(world: World) -> None:
    """BREACH: the length of the form's token would give it away."""
    client = Client(HTTP_HOST=settings.ADMIN_HOST)

    response = client.get("/admin/sign-in/", headers={"accept-encoding": "gzip"})

    assert response.status_code == 200
    assert not response.has_header("Content-Encoding")
