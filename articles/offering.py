"""A clinic offers its text to the library, and the library takes or declines it.

Each act is one function in one transaction. The article's row is locked before an offer is decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from articles.acting import Act, do_act
from articles.choices import OfferStatus
from articles.digest import section_digests
from articles.models import ArticlePage, ArticleRelease, LocalVersionPage, SectionOffer
from articles.override_edits import UnknownOverrideError, find_override, follow_again
from articles.publishing import shared_section_problems
from articles.queries import base_number
from articles.stream import raw_stream
from clinics.save_conflicts import lock_page

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from articles.override_edits import RawSection
    from articles.stream import RawStream

UNDECIDED = (OfferStatus.OPEN, OfferStatus.TAKEN)
LONGEST = 500  # characters of a note or an answer


class NotOfferableError(ValidationError):
    """The library cannot have this text, or the offer is decided; the messages say why."""


@transaction.atomic
def offer_section(
    version: LocalVersionPage, override_id: str, note: str, user: AbstractUser
) -> SectionOffer:
    """Offer the live text of a replaced or added section, as it is now.

    Raises PermissionDenied, and NotOfferableError with what stands in the way.
    """
    _demand_edit(version, user)
    lock_page(version.pk)
    row = LocalVersionPage.objects.get(pk=version.pk)
    try:
        found = find_override(raw_stream(row.overrides) if row.live else [], override_id)
    except UnknownOverrideError:
        raise NotOfferableError(
            _("This text is not published: publish it, then offer it.")
        ) from None
    content = found["value"].get("content") or []
    if found["type"] not in {"replace", "insert"} or not content:
        raise NotOfferableError(
            _("Only a text in place of a section, or an added one, is offered.")
        )
    if row.offers.filter(override=found["id"], status__in=UNDECIDED).exists():
        raise NotOfferableError(_("This text is offered already: take that offer back first."))
    problems = [problem for each in content for problem in shared_section_problems(each)]
    if problems:
        raise NotOfferableError([f"{each.field}: {each.message}" for each in problems])
    offer = SectionOffer(
        article=row.article,
        version=row,
        override=found["id"],
        kind=found["type"],
        section=found["value"].get("section") or "",
        content=content,
        base=base_number(row),
        message=_short(_("Why the library should have it"), note),
        offered_by=user,
    )
    offer.save()
    _log(offer, "made", user)
    return offer


@transaction.atomic
def withdraw_offer(offer: SectionOffer, user: AbstractUser) -> SectionOffer:
    """The clinic takes back an offer that nobody has answered."""
    _demand_edit(offer.version, user)
    return _decide(_open_offer(offer), OfferStatus.WITHDRAWN, user, "withdrawn")


@transaction.atomic
def decline_offer(offer: SectionOffer, comment: str, user: AbstractUser) -> SectionOffer:
    """The library does not want it, and says why."""
    _demand_edit(offer.article, user)
    found = _open_offer(offer)
    found.comment = _short(_("Comment"), comment)
    if not found.comment:
        raise NotOfferableError(_("Comment: tell the clinic why the library declines its text."))
    return _decide(found, OfferStatus.DECLINED, user, "declined")


@transaction.atomic
def take_offer(offer: SectionOffer, user: AbstractUser) -> SectionOffer:
    """The text goes into a new draft of the article; whoever publishes that adopts it."""
    _demand_edit(offer.article, user)
    found = _open_offer(offer)
    draft = ArticlePage.objects.get(pk=found.article_id).get_latest_revision_as_object()
    draft.body = draft.body.stream_block.to_python(_with_offer(raw_stream(draft.body), found))
    draft.adopted_offers = [*draft.adopted_offers, found.pk]
    draft.save_revision(user=user)
    return _decide(found, OfferStatus.TAKEN, user, "taken")


def adopt_offers(article: ArticlePage, release: ArticleRelease) -> None:
    """Credit the clinics whose offered texts this release has, word for word.

    An offer whose text was taken out of the draft again waits for an answer as before.
    """
    taken = SectionOffer.objects.filter(
        pk__in=article.adopted_offers, article=article, status=OfferStatus.TAKEN
    )
    user = article.live_revision.user
    for offer in taken.select_related("version"):
        if not all(_digest(each) == release.digests.get(each["id"]) for each in _as_shared(offer)):
            offer.status = OfferStatus.OPEN
            offer.save(update_fields=["status"])
            continue
        clinic = offer.version.clinic.title
        release.credits = [
            *release.credits,
            *({"clinic": clinic, "section": each["id"]} for each in _as_shared(offer)),
        ]
        _decide(offer, OfferStatus.ADOPTED, user, "adopted")
        _dissolve(offer, release, user)
    release.save(update_fields=["credits"])
    article.adopted_offers = []
    ArticlePage.objects.filter(pk=article.pk).update(adopted_offers=[])


def _dissolve(offer: SectionOffer, release: ArticleRelease, user: AbstractUser | None) -> None:
    """The clinic follows the library again, if it shows this release and still says the same."""
    if base_number(offer.version) != release.number:
        return

    def apply(page: LocalVersionPage) -> None:
        raw = raw_stream(page.overrides)
        content = find_override(raw, offer.override)["value"].get("content") or []
        if [_digest(each) for each in content] != [_digest(each) for each in offer.content]:
            raise UnknownOverrideError(offer.override)
        left = follow_again(raw, offer.override)
        page.overrides = page.overrides.stream_block.to_python(left)

    data = {"section": offer.section or offer.override}
    act = Act("articles.local_version.reset", "", apply, data, has_own_right=True)
    try:
        do_act(offer.version, act, user=user, publish=True)
    except (UnknownOverrideError, ValidationError):
        return  # It says something else by now, or cannot be published: its text stays.


def _with_offer(body: RawStream, offer: SectionOffer) -> RawStream:
    ids = [each["id"] for each in body]
    if offer.kind == "replace" and offer.section not in ids:
        raise NotOfferableError(_("The article no longer has this section: decline the offer."))
    at = ids.index(offer.section) if offer.section in ids else len(body)
    after = at + 1
    if offer.kind == "insert":
        at = after
    return [*body[:at], *_as_shared(offer), *body[after:]]


def _as_shared(offer: SectionOffer) -> list[RawSection]:
    """The offered sections, the first under the id of the section that it replaces."""
    first, *more = offer.content
    return [{**first, "id": offer.section}, *more] if offer.kind == "replace" else offer.content


def _digest(section: RawSection) -> str:
    return section_digests([section])[section["id"]]


def _open_offer(offer: SectionOffer) -> SectionOffer:
    lock_page(offer.article_id)
    found = SectionOffer.objects.select_related("version", "article").get(pk=offer.pk)
    if found.status != OfferStatus.OPEN:
        raise NotOfferableError(_("This offer is decided already: open the list again."))
    return found


def _decide(
    offer: SectionOffer, status: OfferStatus, user: AbstractUser | None, action: str
) -> SectionOffer:
    offer.status, offer.decided_at = status, timezone.now()
    offer.decided_by_id = user.pk if user else None
    offer.save()
    _log(offer, action, user)
    return offer


def _log(offer: SectionOffer, action: str, user: AbstractUser | None) -> None:
    data = {"section": offer.section or offer.override, "offer": offer.pk}
    log(instance=offer.version, action=f"articles.offer.{action}", user=user, data=data)


def _short(field: str, words: str) -> str:
    words = words.strip()
    if len(words) > LONGEST:
        message = _("%(field)s: at most %(count)s characters; shorten it.")
        raise NotOfferableError(message % {"field": field, "count": LONGEST})
    return words


def _demand_edit(page: Any, user: AbstractUser) -> None:
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
