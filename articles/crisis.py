"""Which articles name the lifeline for a crisis: an article in, yes or no out (B-10).

A page about mood, trauma or suicide may be read by somebody who is in danger now. The words are a
plain list: a page too many costs one line, a page too few may cost more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from articles.blocks.words import words_read
from clinics.cta import with_crisis_line
from clinics.tokens import fill

if TYPE_CHECKING:
    from articles.effective import EffectiveArticle
    from articles.page_view import SectionView
    from clinics.clinic import Clinic

# In the title, the summary or a heading: what the article is about.
_SUBJECT = re.compile(
    r"\b(depress\w*|suicid\w*|self-?harm\w*|ptsd|post-?traumatic|trauma|bipolar|mood\w*"
    r"|anxiety|panic|grief|despair|hopeless\w*)\b",
    re.IGNORECASE,
)
# Anywhere: whoever reads this may need the line, whatever the article is about.
_ANYWHERE = re.compile(r"\b(suicid\w*|self-?harm\w*|kill (?:my|your)self)\b", re.IGNORECASE)


def names_the_lifeline(about: Iterable[str], text: str) -> bool:
    """`about` are title, summary and headings, `text` all words that a patient reads."""
    return any(_SUBJECT.search(each) for each in about) or bool(_ANYWHERE.search(text))


def is_about_crisis(
    article: EffectiveArticle, sections: Sequence[SectionView], clinic: Clinic
) -> bool:
    """Whether the article as this clinic shows it names the lifeline."""
    about = [fill(article.value(name), clinic) for name in ("title", "summary")]
    text = words_read(article.merged.sections)
    return names_the_lifeline([*about, *(each.heading for each in sections)], text)


def lifeline_in(section: SectionView) -> SectionView:
    """A section with the lifeline beside its call to action; any other as it is."""
    if section.type != "cta":
        return section
    value = {**section.value, "cta": with_crisis_line(section.value["cta"])}
    return replace(section, value=value)
