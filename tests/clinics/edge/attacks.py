"""Requests that try to get one clinic's page for another, made up of parts that are odd."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

ADMIN_HOST = "localhost"
# Hosts that answer, beside those that are asked honestly.
UNKNOWN = "nobody.test"


@dataclass(frozen=True)
class Attack:
    """`owner` is the host whose words may come back; "" for one that is nobody's. `base` is the
    page whose address was made odd.
    """

    owner: str
    base: str
    host: str
    path: str
    query: str = ""
    method: str = "GET"
    environ: dict[str, Any] = field(default_factory=dict)

    @property
    def target(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, eq=False)
class Targets:
    """Hosts and paths that exist, the names that each host goes by, and a real session."""

    paths: dict[str, Sequence[str]]
    aliases: dict[str, str]
    closed: Sequence[str]
    session: str
    admin_paths: Sequence[str]


def attacks(targets: Targets, count: int, seed: int) -> Iterator[Attack]:
    """The same for the same seed. Each is odd in some ways."""
    chance = Random(seed)  # noqa: S311 - to be repeated, not to be secret
    for _number in range(count):
        yield _attack(targets, chance)


# Most leave the page one that is kept: those are what there is to get at, and quickly asked.
WAYS = {"host": 0.15, "path": 0.08, "query": 0.25, "method": 0.08, "header": 0.6, "cookie": 0.08}


def _attack(targets: Targets, chance: Random) -> Attack:
    owner = chance.choice(list(targets.paths))
    other = chance.choice([host for host in targets.paths if host != owner])
    base = path = chance.choice(targets.paths[owner])
    host, query, method = owner, "", "GET"
    environ: dict[str, Any] = {}
    ways = [way for way, share in WAYS.items() if chance.random() < share]
    if "host" in ways:
        owner, host = _host(owner, other, targets, chance)
    if "path" in ways:
        path = _path(path, other, targets, chance)
    if "query" in ways:
        query = chance.choice(QUERIES).format(other=other, many="&".join(["a=1"] * 200))
    if "method" in ways:
        method = chance.choice(METHODS)
    if "header" in ways:
        for _time in range(_some(chance)):
            environ |= _header(other, targets, chance)
    if "cookie" in ways:
        cookies = [chance.choice(COOKIES) for _time in range(_some(chance))]
        environ["HTTP_COOKIE"] = "; ".join(cookies).format(session=targets.session)
    return Attack(owner, base, host, path, query, method, environ)


def _some(chance: Random) -> int:
    return chance.choice((1, 1, 1, 2, 2, 3))


def _host(owner: str, other: str, targets: Targets, chance: Random) -> tuple[str, str]:
    """Whose words may come back, and the name that is sent."""
    mixed = "".join(chance.choice((letter, letter.upper())) for letter in owner)
    same = [
        mixed,
        f"{owner}:80",
        f"{owner}:8443",
        f"{owner}:00080",
        f"{owner}:99999",
        f"{owner}:123456",
        f"{owner}.",
        f"{mixed}.:443",
    ]
    ways = chance.choice(("same", "same", "alias", "closed", "odd", "odd", "odd"))
    if ways == "same":
        return owner, chance.choice(same)
    if ways == "alias":
        alias = chance.choice(list(targets.aliases))
        return targets.aliases[alias], alias
    if ways == "closed":
        closed = chance.choice(targets.closed)
        return closed, closed
    return "", chance.choice(ODD_HOSTS).format(owner=owner, other=other)


ODD_HOSTS = [
    "{owner}, {other}", "{owner},{other}", "{owner} {other}", "{owner}@{other}",
    "{owner}:80@{other}",
    "http://{owner}/", "https://{other}", "{owner}/", "{owner}/{other}", "{owner}?{other}",
    "{owner}#{other}", "{owner}\\{other}", "{owner}\x00", "{owner}\x00{other}", "{owner}%00",
    "{owner}%2e", "{owner}:", "{owner}:-1", "{owner}:80:{other}", "{owner}..", ".{owner}",
    "-{owner}",
    "{owner}:{other}", "[{owner}]", "[::1]", "[::ffff:127.0.0.1]", "127.0.0.1", "2130706433",
    "{owner}\t", " {owner}", "{owner}\r\nX: {other}", "x.{owner}", "{owner}.{other}",
    "{other}.{owner}",
    "www.{owner}", "xn--{owner}", "h\xefllside.test", "hillside\xb7test",
    "hillside\xe3\x80\x82test",
    "\xef\xbd\x88illside.test", "_{owner}", "*.test", "*", "", "test", "null", "undefined",
    UNKNOWN, f"{UNKNOWN}:80", ADMIN_HOST, "LOCALHOST", "localhost.", "localhost:8000",
    "a" * 253, "a" * 300, "{owner}" + "." * 40
]  # fmt: skip


def _path(path: str, other: str, targets: Targets, chance: Random) -> str:
    way = chance.choice(("odd", "odd", "odd", "suffix", "suffix", "other", "admin"))
    if way == "other":
        return chance.choice(targets.paths[other])
    if way == "admin":
        return chance.choice([*targets.admin_paths, *ADMIN_SPELLINGS])
    if way == "suffix":
        return path + chance.choice(SUFFIXES)
    return _odd_path(path, chance)


def _odd_path(path: str, chance: Random) -> str:
    bare = path.strip("/")
    place = chance.randrange(len(bare) + 1)
    letter = bare[place : place + 1] or "a"
    encoded = f"%{ord(letter):02x}"
    return chance.choice(
        [
            f"/{bare[:place]}{encoded}{bare[place + 1 :]}/",
            f"/{bare[:place]}%25{encoded[1:]}{bare}/",
            f"/{path}", f"{path}/", f"//{bare}//", f"/./{bare}/", f"/{bare}/./", f"/x/../{bare}/",
            f"/{bare}/../", f"/..{path}", f"/%2e%2e/{bare}/", f"/{bare}/%2e%2e/", f"/%2f{bare}/",
            f"/{bare}%2f", f"/{bare}%5c/", f"\\{bare}/", f"/{bare.upper()}/", f"/{bare.title()}/",
            f"/{bare};jsessionid=1/", f"/{bare};a.css/", f";{path}", f"/{bare}%3f/", f"/{bare}%23/",
            f"/{bare}%00/", f"/%00{bare}/", f"/{bare}%c0%af", f"/%c0%ae%c0%ae/{bare}/",
            f"/{bare}%ff/",
            f"/{bare}%ef%bc%8f", f"/{bare}%e2%80%8b/", f"/{bare}%0d%0aX:%201/", f"/{bare}%20/",
            f"/{bare}/%20", f"/{bare}\xe9/", f"http://nobody.test/{bare}/",
            f"//nobody.test/{bare}/",
            "*", "", "x", bare, f"/{bare}" * 80 + "/", "/" * 300, f"/{'a' * 600}/", f"/-/{bare}/",
            f"/_components/{bare}", f"/styles{path}", f"/media{path}", "/-/live", "/-/ready",
        ]
    )  # fmt: skip


SUFFIXES = [
    "a.css", "x.js", ".css", "logo.png", "%2fx.css", ";x.css", "%00.css", "%0ax.js", "index.html",
    "robots.txt", "sitemap.xml", "feed.xml", "?.css", "%3f.css", "%23.css", "..;/", "?", "draft/",
    "edit/", "preview/", "latest/", "amp/", "feed/",
]  # fmt: skip
ADMIN_SPELLINGS = [
    "/admin", "/admin/", "//admin/", "/./admin/", "/ADMIN/", "/admin;/", "/admin%2f", "/%61dmin/",
    "/%2561dmin/", "/x/../admin/", "/admin//", "/admin/./", "admin/", "admin//", "/admin/x.css",
    "/admin/login/", "/admin/login/a.css", "/django-admin/", "/admin/pages/", "/admin%00/",
]  # fmt: skip
QUERIES = [
    "utm_source=x&utm_medium=y", "src=ads", "src=theirs", "src=x%26src%3Dads", "src=ads&src=theirs",
    "src=theirs&src=", "src=&src=ads", "src=ADS", "src=ads%00", "src[]=ads", "src=%61ds",
    "%73rc=ads",
    "src=ads%26near%3D75001", "src=ads;src=theirs", "src=nobody&src=ads", "src=a%0d%0ab",
    "near=75001",
    "near=", "near=&near=33483", "near=33483&near=", "n%65ar=33483", "q=clinic", "q=", "q=&q=x",
    "q=%00", "q=%ff", "host={other}", "site={other}", "x=%7B%7B1%7D%7D", "fbclid=1", "gclid=2",
    "_method=DELETE", "preview=1", "mode=draft", "in_preview_panel=1", "page=2", "p=9",
    "callback=x",
    "format=json", "{many}", "&&&", "=", "%", "%zz", "\xe9=\xff", "a" * 3000, "src=" + "a" * 3000,
    "/admin/", "//{other}/", "url=http://{other}/", "next=/admin/",
]  # fmt: skip
METHODS = ["HEAD"] * 4 + "OPTIONS POST PUT DELETE PATCH PURGE TRACE CONNECT BAN get X".split()
COOKIES = [
    "sessionid={session}", "sessionid =x; y={session}", "sessionid={session}", "sessionid=junk",
    "xsessionid=1", "SESSIONID={session}", "csrftoken=abc", "messages=x", "theme=dark", "=", ";;",
    "a" * 900, "sessionid", "\xff=\xfe", 'sessionid="{session}"', "src=ads", "wagtail=1",
]  # fmt: skip


def _header(other: str, targets: Targets, chance: Random) -> dict[str, Any]:
    way = chance.choice(("host", "host", "url", "any", "any"))
    if way == "host":
        value = chance.choice([other, f"{other}:80", f"nobody.test, {other}", f"http://{other}"])
        return {chance.choice(HOST_HEADERS): value}
    if way == "url":
        value = chance.choice([*targets.paths[other], *targets.admin_paths, "/admin/"])
        return {chance.choice(URL_HEADERS): value}
    name, value = chance.choice(OTHER_HEADERS)
    return {name: value.format(other=other)}


HOST_HEADERS = [
    "HTTP_X_FORWARDED_HOST", "HTTP_X_HOST", "HTTP_X_FORWARDED_SERVER", "HTTP_X_HTTP_HOST_OVERRIDE",
    "HTTP_X_ORIGINAL_HOST", "HTTP_X_REAL_HOST", "HTTP_ORIGIN", "HTTP_REFERER", "SERVER_NAME",
    "HTTP_X_BACKEND_HOST",
]  # fmt: skip
URL_HEADERS = [
    "HTTP_X_ORIGINAL_URL", "HTTP_X_REWRITE_URL", "HTTP_X_FORWARDED_PREFIX", "HTTP_X_FORWARDED_URI",
    "HTTP_X_FORWARDED_PATH", "HTTP_X_SCRIPT_NAME", "HTTP_REFERER", "REQUEST_URI", "RAW_URI",
]  # fmt: skip
OTHER_HEADERS = [
    ("HTTP_FORWARDED", "host={other};proto=https"), ("HTTP_FORWARDED", "for=x, host={other}"),
    ("HTTP_X_FORWARDED_PROTO", "https"), ("HTTP_X_FORWARDED_PROTO", "https, http"),
    ("HTTP_X_FORWARDED_PROTO", "HTTPS"), ("HTTP_X_FORWARDED_PROTO", "nonsense"),
    ("HTTP_X_FORWARDED_SCHEME", "http"), ("HTTP_X_FORWARDED_SSL", "on"), ("wsgi.url_scheme",
    "https"),
    ("HTTP_X_FORWARDED_PORT", "8443"), ("SERVER_PORT", "8443"), ("HTTP_X_FORWARDED_FOR",
    "10.0.0.1"),
    ("HTTP_X_HTTP_METHOD_OVERRIDE", "POST"), ("HTTP_X_METHOD_OVERRIDE", "DELETE"),
    ("HTTP_VIA", "1.1 {other}"), ("HTTP_RANGE", "bytes=0-9"), ("HTTP_RANGE", "bytes=-1,0-0"),
    ("HTTP_IF_NONE_MATCH", "*"), ("HTTP_IF_NONE_MATCH", 'W/"x", "y"'), ("HTTP_IF_MATCH", '"x"'),
    ("HTTP_IF_MODIFIED_SINCE", "Fri, 01 Jan 2100 00:00:00 GMT"), ("HTTP_IF_RANGE", '"x"'),
    ("HTTP_IF_UNMODIFIED_SINCE", "Sat, 01 Jan 2000 00:00:00 GMT"), ("HTTP_ACCEPT",
    "application/json"),
    ("HTTP_ACCEPT_ENCODING", "gzip"), ("HTTP_ACCEPT_ENCODING", "br"), ("HTTP_ACCEPT_ENCODING", "*"),
    ("HTTP_ACCEPT_ENCODING", "gzip;q=0, br;q=0"), ("HTTP_ACCEPT_ENCODING", "zstd, deflate"),
    ("HTTP_ACCEPT_LANGUAGE", "de"), ("HTTP_ACCEPT_CHARSET", "utf-7"), ("HTTP_USER_AGENT",
    "{other}"),
    ("HTTP_TRANSFER_ENCODING", "chunked"), ("CONTENT_LENGTH", "5"), ("CONTENT_LENGTH", "-1"),
    ("CONTENT_TYPE", "application/json"), ("HTTP_EXPECT", "100-continue"), ("HTTP_UPGRADE", "h2c"),
    ("HTTP_CACHE_CONTROL", "no-store"), ("HTTP_PRAGMA", "no-cache"), ("HTTP_SURROGATE_KEY", "x"),
    ("HTTP_SURROGATE_CAPABILITY", "x=ESI/1.0"), ("HTTP_AUTHORIZATION", "Basic eDp5"),
    ("HTTP_X_REQUESTED_WITH", "XMLHttpRequest"), ("HTTP_SAVE_DATA", "on"), ("HTTP_DNT", "1"),
    ("SCRIPT_NAME", "/x"), ("SCRIPT_NAME", "/admin"), ("HTTP_SOAPACTION", "x"), ("HTTP_TE",
    "trailers"),
]  # fmt: skip
