"""What is installed is pinned with hashes, names no registry, and is what the code imports."""

from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions, requires
from itertools import pairwise

import pytest

from tests.contracts.source import APPS, ROOT, app_modules, imports_in, tree_of

LOCKS = ("requirements.txt", "tests/requirements.txt")
EXTRA = "deploy/requirements-s3.txt"
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[^ ]+)(?P<marker> ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


@pytest.mark.parametrize("lock", [*LOCKS, EXTRA])
def test_lock_has_only_pins_and_hashes(lock):
    lines = (ROOT / lock).read_text().splitlines()

    assert [line for line in lines if not PIN.fullmatch(line) and not HASH.fullmatch(line)] == []
    assert PIN.fullmatch(lines[0])
    assert [first for first, second in pairwise(lines) if _has_no_hash(first, second)] == []


def test_tests_run_on_the_versions_of_the_site():
    site, tests = (_pins(lock) for lock in LOCKS)

    assert {name: tests.get(name) for name in site} == site


@pytest.mark.parametrize(
    ("wanted", "lock"),
    [
        ("requirements.in", LOCKS[0]),
        ("tests/requirements.in", LOCKS[1]),
        ("deploy/requirements-s3.in", EXTRA),
    ],
)
def test_lock_is_made_from_what_is_wanted(wanted, lock):
    lines = [line for line in _text(wanted).splitlines() if not line.startswith(("#", "-r"))]

    assert len(_wanted(wanted)) == len(lines)
    assert set(_wanted(wanted)) <= set(_pins(lock))


def test_imports_are_wanted():
    """By us, or by something that we want: Wagtail brings modelcluster, taggit and others."""
    wanted = set(_wanted("requirements.in"))
    brought = {
        _normal(re.match(r"[\w.-]+", need)[0]) for name in wanted for need in requires(name) or []
    }
    known = {
        module: {_normal(n) for n in names} for module, names in packages_distributions().items()
    }
    roots = {
        module.partition(".")[0]
        for path in app_modules()
        for _, module in imports_in(tree_of(path))
    }

    foreign = roots - {*APPS, *sys.stdlib_module_names}

    assert {root for root in foreign if not known.get(root, set()) & (wanted | brought)} == set()


def _has_no_hash(first, second):
    return PIN.fullmatch(first) and not HASH.fullmatch(second)


def _wanted(name):
    """Names with a lower bound: without one, a cap elsewhere may bring an ancient release."""
    return re.findall(r"^([a-z0-9-]+)(?:\[.*\])?>=[\d.]+$", _text(name), re.MULTILINE)


def _pins(lock):
    found = (PIN.fullmatch(line) for line in _text(lock).splitlines())
    return {match["name"]: match["version"] for match in found if match}


def _text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def _normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()
