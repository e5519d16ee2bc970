"""How a page is passed on without anybody else (I-07): its frame in, its address and a mail out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from clinics.page_frame import PageFrame


@dataclass(frozen=True)
class Share:
    url: str
    mail: str


def share_of(frame: PageFrame) -> Share:
    """The subject of the mail is the clinic: what somebody has is for them to say (P-05)."""
    subject, body = quote(frame.clinic.name), quote(frame.meta.url, safe="")
    return Share(frame.meta.url, f"mailto:?subject={subject}&body={body}")
