"""Nodes come from the settings; what is wrong there is said without the token."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinics.edge.purging.nodes import edge_nodes

VARNISH = {"name": "cache-1", "kind": "varnish", "url": "http://10.0.0.5:6081/"}
FASTLY = {
    "name": "fastly",
    "kind": "fastly",
    "url": "https://api.fastly.com/service/SU1/purge",
    "token": "s3cret-token",
}


def test_several_nodes(settings: Any) -> None:
    settings.CLINICS_PURGE_BACKENDS = [VARNISH, VARNISH | {"name": "cache-2"}, FASTLY]

    assert [node.name for node in edge_nodes()] == ["cache-1", "cache-2", "fastly"]
    assert "s3cret" not in repr(edge_nodes())


@pytest.mark.parametrize(
    "entries",
    [
        {"cache-1": VARNISH},
        ["http://10.0.0.5/"],
        [VARNISH, VARNISH],
        [VARNISH | {"name": ""}],
        [VARNISH | {"name": "a b"}],
        [VARNISH | {"name": "a" * 61}],
        [VARNISH | {"kind": "squid"}],
        [VARNISH | {"colour": "red"}],
        [VARNISH | {"url": 80}],
        [VARNISH | {"url": "ftp://10.0.0.5/"}],
        [VARNISH | {"url": "file:///etc/passwd"}],
        [VARNISH | {"url": "10.0.0.5:6081"}],
        [VARNISH | {"url": "http://10.0.0.5:port/"}],
        [VARNISH | {"url": "http://10.0.0.5/a\r\nb: c"}],
        [VARNISH | {"url": "http://user:s3cret@10.0.0.5/"}],
        [VARNISH | {"token": "s3cret"}],
        [FASTLY | {"token": ""}],
        [FASTLY | {"token": "s3cret token"}],
        [FASTLY | {"token": "s3cret\r\nHost: b"}],
        [FASTLY | {"url": "http://api.fastly.com/service/SU1/purge"}],
    ],
    ids=str,
)
def test_what_is_wrong_is_refused_without_the_secret(settings: Any, entries: Any) -> None:
    settings.CLINICS_PURGE_BACKENDS = entries

    with pytest.raises(ImproperlyConfigured) as caught:
        edge_nodes()

    assert "CLINICS_PURGE_BACKENDS" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_none_by_default(settings: Any) -> None:
    del settings.CLINICS_PURGE_BACKENDS

    assert edge_nodes() == ()
