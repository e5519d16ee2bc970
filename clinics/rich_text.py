"""Stored rich text becomes a clinic's HTML: compiled once into segments, then filled per clinic.

Compiling knows no clinic: it finds tokens and page links and leaves the rest as literal HTML.
Filling writes the clinic's words, escaped, and the addresses that it is given; a link without one
becomes its plain text. The only module that marks text as safe: what comes in was cleaned by
Wagtail's editor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from clinics.clinic import Clinic
from clinics.tokens import BRACES, TOKEN, token_words

# Sections of a few hundred articles, a kilobyte or two each.
MOST_TEXTS = 1_000

_PIECE = re.compile(rf"(?P<token>{TOKEN.pattern})|(?P<open><a\b[^>]*>)|(?P<close></a>)")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_BLOCK_KEY = re.compile(r'\s+data-block-key="[^"]*"')
# A link or a tag, which stay as they are, or numbers in brackets.
_NOTES = re.compile(r"<a\b[^>]*>.*?</a>|<[^>]*>|\[(\d+(?:,\s*\d+)*)\]", re.DOTALL)
_ALLOWED_HREF = re.compile(r"^(https?:|mailto:|#|/(?!/))", re.IGNORECASE)


@dataclass(frozen=True)
class TokenSegment:
    name: str


@dataclass(frozen=True)
class LinkSegment:
    """The start of a link to a page; `LinkEnd` closes it."""

    page_id: int


@dataclass(frozen=True)
class LinkEnd:
    pass


type Segment = str | TokenSegment | LinkSegment | LinkEnd


@dataclass(frozen=True)
class CompiledText:
    segments: tuple[Segment, ...]

    @property
    def page_ids(self) -> frozenset[int]:
        """The pages that are linked to, to be resolved by the caller in one go."""
        return frozenset(s.page_id for s in self.segments if isinstance(s, LinkSegment))

    @property
    def token_names(self) -> frozenset[str]:
        return frozenset(s.name for s in self.segments if isinstance(s, TokenSegment))


@lru_cache(maxsize=MOST_TEXTS)
def compile_text(html: str) -> CompiledText:
    """Stored HTML as segments; a link with a scheme that is not allowed loses its tags."""
    html = _BLOCK_KEY.sub("", html)
    segments: list[Segment] = []
    closers: list[Segment] = []
    position = 0
    for piece in _PIECE.finditer(html):
        segments.append(html[position : piece.start()])
        position = piece.end()
        if piece["token"]:
            segments.append(TokenSegment(piece[2]))
        elif piece["open"]:
            opener, closer = _link(piece["open"])
            segments.append(opener)
            closers.append(closer)
        else:
            segments.append(closers.pop() if closers else "")
    segments.append(html[position:])
    return CompiledText(
        tuple(BRACES.sub("", s) if isinstance(s, str) else s for s in segments if s != "")
    )


def fill_text(
    compiled: CompiledText, clinic: Clinic, urls: Mapping[int, str] | None = None
) -> SafeString:
    """HTML for one clinic. `urls` are the addresses by page id that this clinic's pages have."""
    urls = urls or {}
    words = token_words(compiled.token_names, clinic)
    written: list[str] = []
    open_links: list[str] = []
    for segment in compiled.segments:
        match segment:
            case TokenSegment(name):
                written.append(escape(words.get(name, "")))
            case LinkSegment(page_id):
                url = urls.get(page_id, "")
                written.append(f'<a href="{escape(url)}">' if url else "")
                open_links.append(url)
            case LinkEnd():
                written.append("</a>" if open_links.pop() else "")
            case _:
                written.append(segment)
    return mark_safe("".join(written))  # noqa: S308 - values are escaped, the rest is stored HTML


def link_notes(text: str, note: Callable[[str], str]) -> SafeString:
    """Text, or HTML that is marked safe, with what `note` makes of each number in brackets."""

    def replaced(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        return f"[{', '.join(conditional_escape(note(n.strip())) for n in found[1].split(','))}]"

    return mark_safe(_NOTES.sub(replaced, conditional_escape(text)))  # noqa: S308 - escaped above


def mark_words(text: str, words: re.Pattern[str], mark: Callable[[SafeString], str]) -> str:
    """Text, or HTML that is marked safe, with what `mark` makes of each of the words in it.

    Words in headings, in links and in tags stay as they are. Text without any of the words is
    given back as it was.
    """
    html = conditional_escape(text)
    pieces: list[str] = []
    position = 0
    for start, end in _places_of(str(html), words):
        word = mark_safe(html[start:end])  # noqa: S308 - escaped above
        marked = mark(word)
        if marked != word:
            pieces += [html[position:start], conditional_escape(marked)]
            position = end
    if not pieces:
        return text
    return mark_safe("".join([*pieces, html[position:]]))  # noqa: S308 - escaped above


@lru_cache(maxsize=MOST_TEXTS)
def _places_of(html: str, words: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand as wholes. Most texts are the same at every clinic."""
    places = (found.span("word") for found in _marking(words).finditer(html))
    return tuple(place for place in places if place != (-1, -1))


@lru_cache(maxsize=4)
def _marking(words: re.Pattern[str]) -> re.Pattern[str]:
    """What stays as it is, or one of the words as a whole."""
    kept = r"<(?P<tag>a|h[1-6])\b[^>]*>.*?</(?P=tag)>|<[^>]*>|&#?\w+;"
    return re.compile(
        rf"{kept}|(?<![\w-])(?P<word>{words.pattern})(?![\w-])", words.flags | re.DOTALL
    )


def _link(tag: str) -> tuple[Segment, Segment]:
    attributes = dict(_ATTRIBUTE.findall(tag))
    if attributes.get("linktype") == "page":
        return LinkSegment(int(attributes.get("id") or 0)), LinkEnd()
    href = attributes.get("href", "")
    if _ALLOWED_HREF.match(href):
        return f'<a href="{href}">', "</a>"
    return "", ""
