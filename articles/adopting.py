"""What a publish means for the offers that its draft took in, and an undo for those it adopted."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from articles.acting import Act, do_act
from articles.choices import OfferStatus
from articles.digest import section_digests
from articles.models import ArticlePage, SectionOffer
from articles.offering import as_shared, decide
from articles.override_edits import UnknownOverrideError, find_override, follow_again
from articles.plain_text import plain_text
from articles.queries import base_number
from articles.stream import raw_stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AbstractUser

    from articles.models import ArticleRelease, LocalVersionPage
    from articles.override_edits import RawSection
    from articles.stream import RawStream

# Share of the words that must be left for a release to owe its text to an offer.
KEPT_SHARE = 0.5


def adopt_offers(article: ArticlePage, release: ArticleRelease) -> None:
    """Credit the clinics whose offered texts this release has, edited a little or not.

    A clinic whose very words they are follows the library again; where the library has changed
    them, the clinic decides as about any update. An offer whose text was taken out of the draft
    again waits for an answer as before.
    """
    taken = SectionOffer.objects.filter(
        pk__in=article.adopted_offers, article=article, status=OfferStatus.TAKEN
    )
    user = article.live_revision.user
    body = {each["id"]: each for each in raw_stream(article.body)}
    for offer in taken.select_related("version"):
        if not all(_is_left(each, body.get(each["id"])) for each in as_shared(offer)):
            offer.status = OfferStatus.OPEN
            offer.save(update_fields=["status"])
            continue
        clinic = offer.version.clinic.title
        release.credits = [
            *release.credits,
            *({"clinic": clinic, "section": each["id"]} for each in as_shared(offer)),
        ]
        is_same = all(_digest(each) == release.digests[each["id"]] for each in as_shared(offer))
        offer.release = release
        offer.was_dissolved = is_same and _dissolve(offer, release, user)
        decide(offer, OfferStatus.ADOPTED, user, "adopted")
    release.save(update_fields=["credits"])
    article.adopted_offers = []
    ArticlePage.objects.filter(pk=article.pk).update(adopted_offers=[])


def give_back_offers(release: ArticleRelease, user: AbstractUser | None) -> None:
    """After an undo: the offers wait again, and clinics that had followed have their text back."""
    for offer in release.offers.select_related("version").filter(status=OfferStatus.ADOPTED):
        if offer.was_dissolved:
            _give_back(offer, user)
        offer.release, offer.was_dissolved = None, False
        decide(offer, OfferStatus.OPEN, user, "reopened")


def _is_left(offered: RawSection, published: RawSection | None) -> bool:
    if published is None:
        return False
    before, after = (plain_text(each["value"]).split() for each in (offered, published))
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= KEPT_SHARE


def _digest(section: RawSection) -> str:
    return section_digests([section])[section["id"]]


def _dissolve(offer: SectionOffer, release: ArticleRelease, user: AbstractUser | None) -> bool:
    """The clinic follows the library again, if it shows this release and still says the same."""
    if base_number(offer.version) != release.number:
        return False

    def apply(page: LocalVersionPage) -> None:
        raw = raw_stream(page.overrides)
        content = find_override(raw, offer.override)["value"].get("content") or []
        if [_digest(each) for each in content] != [_digest(each) for each in offer.content]:
            raise UnknownOverrideError(offer.override)
        _set_overrides(page, follow_again(raw, offer.override))

    return _done(offer, "articles.local_version.reset", apply, user)


def _give_back(offer: SectionOffer, user: AbstractUser | None) -> None:
    def apply(page: LocalVersionPage) -> None:
        raw = raw_stream(page.overrides)
        rivals = {each["value"].get("section") for each in raw if each["type"] != "insert"}
        is_decided = offer.kind == "replace" and offer.section in rivals
        if is_decided or offer.override in {each["id"] for each in raw}:
            raise UnknownOverrideError(offer.override)
        again = {"type": offer.kind, "id": offer.override, "value": offer.value}
        _set_overrides(page, [*raw, again])

    _done(offer, "articles.local_version.undone", apply, user)


def _done(
    offer: SectionOffer,
    action: str,
    apply: Callable[[LocalVersionPage], None],
    user: AbstractUser | None,
) -> bool:
    data = {"section": offer.section or offer.override}
    act = Act(action, "", apply, data, has_own_right=True)
    try:
        do_act(offer.version, act, user=user, publish=True)
    except (UnknownOverrideError, ValidationError):
        return False  # The page says something else by now, or cannot be published: it stays.
    return True


def _set_overrides(page: LocalVersionPage, raw: RawStream) -> None:
    page.overrides = page.overrides.stream_block.to_python(raw)
