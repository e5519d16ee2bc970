"""What a process is for: the environment's ROLE in, what differs in the settings out.

`web` reads pages to patients and counts their taps, with a database user that may do no more;
`admin` has the admin as well; `all`, the default, is an installation on one machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    import environ

WEB, ADMIN, ALL = "web", "admin", "all"
# allauth refuses to start without its own, which asks nothing of a request.
OF_SIGNED_IN_PEOPLE = frozenset(
    {
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "cms.sign_in.middleware.SignedInMiddleware",
        "clinics.gate.middleware.GateMiddleware",
        "articles.middleware.PublishRefusalMiddleware",
    }
)


def role_of(env: environ.Env) -> str:
    """The role of this process; a misspelt one would bring the admin to a public machine."""
    role = str(env.str("ROLE", default=ALL))
    if role not in (WEB, ADMIN, ALL):
        raise ImproperlyConfigured(f"ROLE is {role!r}: it can be web, admin or all.")
    return role


def urlconf_of(role: str) -> str:
    """No web node has an address of the admin, on whatever host it is asked for."""
    return "cms.public_urls" if role == WEB else "cms.urls"


def middleware_of(role: str, middleware: list[str]) -> list[str]:
    """Without those that read who is signed in, where nobody can be."""
    if role != WEB:
        return middleware
    return [name for name in middleware if name not in OF_SIGNED_IN_PEOPLE]
