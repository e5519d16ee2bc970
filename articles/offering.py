"""A clinic offers its text to the library, and the library takes it into a draft or declines it.

Each act is one function in one transaction. The article's row is locked before an offer is decided.
What a publish of that draft means is in `articles.adopting`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from articles.choices import OfferStatus
from articles.insert_place import find_place
from articles.models import ArticlePage, LocalVersionPage, SectionOffer
from articles.override_edits import UnknownOverrideError, find_override
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
    version: LocalVersionPage, override_id: str, note: str, user: AbstractUser | None
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
        value=found["value"],
        base=base_number(row),
        message=_short(_("Why the library should have it"), note),
        offered_by=user,
    )
    return decide(offer, OfferStatus.OPEN, user, "made")


@transaction.atomic
def withdraw_offer(offer: SectionOffer, user: AbstractUser) -> SectionOffer:
    """The clinic takes back an offer that nobody has answered."""
    _demand_edit(offer.version, user)
    found = _locked(offer)
    if found.status != OfferStatus.OPEN:
        raise _decided_already()
    return decide(found, OfferStatus.WITHDRAWN, user, "withdrawn")


@transaction.atomic
def decline_offer(offer: SectionOffer, comment: str, user: AbstractUser) -> SectionOffer:
    """The library does not want it, and says why; also one that a draft has taken in."""
    _demand_edit(offer.article, user)
    found = _locked(offer)
    if found.status not in UNDECIDED:
        raise _decided_already()
    found.comment = _short(_("Comment"), comment)
    if not found.comment:
        raise NotOfferableError(_("Comment: tell the clinic why the library declines its text."))
    return decide(found, OfferStatus.DECLINED, user, "declined")


@transaction.atomic
def take_offer(offer: SectionOffer, user: AbstractUser) -> SectionOffer:
    """The text goes into a new draft of the article; whoever publishes that adopts it.

    One whose draft was given up may be taken again.
    """
    _demand_edit(offer.article, user)
    found = _locked(offer)
    draft = ArticlePage.objects.get(pk=found.article_id).get_latest_revision_as_object()
    is_lost = found.status == OfferStatus.TAKEN and found.pk not in draft.adopted_offers
    if found.status != OfferStatus.OPEN and not is_lost:
        raise _decided_already()
    draft.body = draft.body.stream_block.to_python(_with_offer(raw_stream(draft.body), found))
    draft.adopted_offers = [*draft.adopted_offers, found.pk]
    draft.save_revision(user=user)
    return decide(found, OfferStatus.TAKEN, user, "taken")


def decide(
    offer: SectionOffer, status: OfferStatus, user: AbstractUser | None, action: str
) -> SectionOffer:
    """Store what became of an offer, with an entry in the history of the local version."""
    offer.status, offer.decided_at = status, timezone.now()
    offer.decided_by_id = user.pk if user else None
    offer.save()
    data = {"section": offer.section or offer.override, "offer": offer.pk}
    log(instance=offer.version, action=f"articles.offer.{action}", user=user, data=data)
    return offer


def as_shared(offer: SectionOffer) -> list[RawSection]:
    """The offered sections, the first under the id of the section that it replaces."""
    first, *more = offer.content
    return [{**first, "id": offer.section}, *more] if offer.kind == "replace" else offer.content


def _with_offer(body: RawStream, offer: SectionOffer) -> RawStream:
    ids = [each["id"] for each in body]
    if offer.kind == "insert":
        neighbours = [_item(each) for each in offer.value.get("neighbours") or ()]
        order = {id_: index for index, id_ in enumerate(ids)}
        at = find_place(offer.value["position"], offer.section, neighbours, order).gap
        return [*body[:at], *as_shared(offer), *body[at:]]
    if offer.section not in ids:
        raise NotOfferableError(_("The article no longer has this section: decline the offer."))
    at = ids.index(offer.section)
    return [*body[:at], *as_shared(offer), *body[at + 1 :]]


def _item(each: Any) -> str:
    """An item of a stored list, in the form with an id or in the plain one."""
    return each["value"] if isinstance(each, dict) else each


def _locked(offer: SectionOffer) -> SectionOffer:
    lock_page(offer.article_id)
    return SectionOffer.objects.select_related("version", "article").get(pk=offer.pk)


def _decided_already() -> NotOfferableError:
    return NotOfferableError(_("This offer is decided already: open the list again."))


def _short(field: str, words: str) -> str:
    words = words.strip()
    if len(words) > LONGEST:
        message = _("%(field)s: at most %(count)s characters; shorten it.")
        raise NotOfferableError(message % {"field": field, "count": LONGEST})
    return words


def _demand_edit(page: Any, user: AbstractUser | None) -> None:
    if user is not None and not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
