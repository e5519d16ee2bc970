"""The redirect of what has moved: search engines take it as permanent, browsers ask again."""

from __future__ import annotations

from django.http import HttpResponsePermanentRedirect

# A browser keeps a bare 301 for ever. Hosts and paths may go back to what they were, and then it
# would be sent round in a circle by what it remembers. So would caches in front: a redirect has no
# tags by which they could be told.
ASK_AGAIN = "max-age=0, must-revalidate"


def moved_to(url: str) -> HttpResponsePermanentRedirect:
    """A 301 to a path of the same host, or to an address of one of our own."""
    response = HttpResponsePermanentRedirect(url)
    response["Cache-Control"] = ASK_AGAIN
    return response
