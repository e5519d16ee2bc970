"""Words that differ from clinic to clinic: "{{ clinic.name }}" in text in, that clinic's words out.

A token is plain text; stored text is never run as a template. Unknown tokens are an error on
publish and vanish on a live page. Apps above this one add families of tokens that say the same at
every clinic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from clinics.clinic import Clinic

if TYPE_CHECKING:
    from django.utils.functional import Promise

TOKEN = re.compile(r"\{\{\s*([a-z0-9_.-]+)\s*\}\}")
BRACES = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True)
class Token:
    """`default` is what the hub, and a clinic without the fact, says instead."""

    name: str
    label: str
    default: str
    value: Callable[[Clinic], str]


@dataclass(frozen=True)
class TokenFamily:
    """Tokens that begin with `prefix` and a full stop; what follows is a name.

    `words` says what each of some names reads, and leaves out those that it does not know: it is
    asked once for a whole text. `choices` are the names that editors may insert, with labels;
    `vocabulary` is every word that the family may say, for search.
    """

    prefix: str
    label: str | Promise
    words: Callable[[Collection[str]], Mapping[str, str]]
    choices: Callable[[], Iterable[tuple[str, str]]]
    vocabulary: Callable[[], str]


FAMILIES: dict[str, TokenFamily] = {}


def register_family(family: TokenFamily) -> None:
    """For the apps above this one, before the first request. Raises ValueError for a known one."""
    if family.prefix in FAMILIES or any(name.startswith(f"{family.prefix}.") for name in TOKENS):
        raise ValueError(f"There are tokens that begin with {family.prefix}.")
    FAMILIES[family.prefix] = family


def _service_areas(clinic: Clinic) -> str:
    return join_names(clinic.primary.service_areas) if clinic.primary else ""


def _city(clinic: Clinic) -> str:
    return clinic.primary.address.city if clinic.primary else ""


def _text_number(clinic: Clinic) -> str:
    """Named only while carriers have approved it, as on the text button (X-05)."""
    place = clinic.primary
    return place.text.display if place and place.text and place.text_approved else ""


def _fact(name: str) -> Callable[[Clinic], str]:
    return lambda clinic: clinic.facts.get(name, "")


TOKENS: dict[str, Token] = {
    token.name: token
    for token in (
        Token("clinic.name", _("clinic name"), "our clinics", lambda c: c.name),
        Token("clinic.legal_name", _("legal name"), "the clinic", lambda c: c.legal_name or c.name),
        Token("clinic.city", _("city"), "your area", _city),
        Token("clinic.state", _("state"), "your state", lambda c: c.state_name),
        Token("clinic.service_areas", _("towns served"), "your area", _service_areas),
        Token(
            "clinic.locations",
            _("locations"),
            "our clinics",
            lambda c: join_names(tuple(location.name for location in c.locations)),
        ),
        Token(
            "clinic.infusion_minutes",
            _("minutes of an infusion"),
            "40 to 60",
            _fact("infusion_minutes"),
        ),
        Token(
            "clinic.observation_minutes",
            _("minutes of observation"),
            "30 to 60",
            _fact("observation_minutes"),
        ),
        Token(
            "clinic.main_number",
            _("main number"),
            "the number of your clinic",
            lambda c: c.primary.main.display if c.primary and c.primary.main else "",
        ),
        Token(
            "clinic.text_number",
            _("text number"),
            "the text number of your clinic",
            _text_number,
        ),
    )
}


def token_value(name: str, clinic: Clinic) -> str | None:
    """What a token says for a clinic; None for an unknown token."""
    token = TOKENS.get(name)
    if token is None:
        return None
    return token.value(clinic) or str(token.default)


def family_words(names: Iterable[str]) -> dict[str, str]:
    """What tokens of the families say, by their whole names; unknown ones are left out."""
    wanted: dict[str, set[str]] = {}
    for name in names:
        prefix, _dot, rest = name.partition(".")
        if prefix in FAMILIES:
            wanted.setdefault(prefix, set()).add(rest)
    return {
        f"{prefix}.{rest}": words
        for prefix, rests in wanted.items()
        for rest, words in FAMILIES[prefix].words(rests).items()
    }


def token_words(names: Collection[str], clinic: Clinic) -> dict[str, str]:
    """What each of these tokens says at a clinic; unknown ones are left out."""
    of_clinic = {name: token_value(name, clinic) or "" for name in names if name in TOKENS}
    return of_clinic | family_words(names)


def token_names(text: str) -> frozenset[str]:
    """The names of all tokens in a text, known or not."""
    return frozenset(match[1] for match in TOKEN.finditer(text)) if "{{" in text else frozenset()


def fill(text: str, clinic: Clinic) -> str:
    """Plain text with every token filled. Not escaped: escape the result once."""
    if "{{" not in text and "}}" not in text:
        return text
    words = token_words(token_names(text), clinic)
    filled = TOKEN.sub(lambda match: words.get(match[1], ""), text)
    return BRACES.sub("", filled)


def token_problems(text: str) -> tuple[str, ...]:
    """Every unknown token, and every brace pair that is not a token."""
    known = TOKENS.keys() | family_words(token_names(text)).keys()
    unknown = [match[0] for match in TOKEN.finditer(text) if match[1] not in known]
    stray = BRACES.findall(TOKEN.sub("", text))
    return tuple(dict.fromkeys([*unknown, *stray]))


def without_tokens(text: str) -> str:
    """Text for a slug or another address: tokens are dropped."""
    return " ".join(TOKEN.sub(" ", text).split())


def readable(text: str) -> str:
    """Text for lists in the admin: "[clinic name]" in place of a token of a clinic, and what the
    others say."""
    names = token_names(text)
    if not names:
        return text
    words = {name: f"[{TOKENS[name].label}]" for name in names if name in TOKENS}
    words |= family_words(names)
    return TOKEN.sub(lambda match: words.get(match[1], match[0]), text)


def join_names(names: tuple[str, ...]) -> str:
    """("Dallas", "Plano", "Richardson") as "Dallas, Plano and Richardson"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
