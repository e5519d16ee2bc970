"""The host names of a clinic: a new one takes its place, the old one leads there.

A clinic and a typed host in, its site and aliases changed out. An old host may be taken back: then
the two change places.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Site

from clinics.closing import bump_group
from clinics.founding import host_problem
from clinics.models import HostAlias

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from clinics.models import ClinicPage

CHANGE_HOST = "clinics.host"
_HOST = re.compile(r"(?!-)[a-z0-9-]+(?:\.[a-z0-9-]+)+")


class HostConflict(Exception):
    """Somebody gave the clinic another host in the meantime. `current` is the one that it has."""

    def __init__(self, current: str) -> None:
        super().__init__(f"The host is {current} now")
        self.current = current


def host_of(clinic: ClinicPage) -> str:
    """The host that the clinic answers on; "" for a clinic without a site."""
    site = Site.objects.filter(root_page=clinic.pk).first()
    return site.hostname if site else ""


def former_hosts_of(clinic: ClinicPage) -> list[str]:
    """The other hosts, which lead to that one."""
    aliases = HostAlias.objects.filter(page=clinic.pk).order_by("hostname")
    return list(aliases.values_list("hostname", flat=True))


def checked_host(typed: str, clinic: ClinicPage | None = None) -> str:
    """A host name as it is stored. Raises ValidationError when it is none, or somebody else's.

    `clinic` may have one of its own hosts again.
    """
    host = typed.strip().lower()
    if not _HOST.fullmatch(host):
        raise ValidationError(
            _("“%(host)s” is no host name: write it like clinic.example.com.") % {"host": host}
        )
    is_own = clinic is not None and host in [host_of(clinic), *former_hosts_of(clinic)]
    if not is_own and (problem := host_problem(host)):
        raise ValidationError(problem)
    return host


@transaction.atomic
def change_host(
    clinic: ClinicPage, host: str, *, user: AbstractUser | None, base_host: str
) -> None:
    """The clinic answers on this host; the one that it had leads there, path by path.

    `base_host` is the one that the editor saw: raises HostConflict when it is not the clinic's any
    more, and ValidationError as `checked_host` does.
    """
    site = Site.objects.select_for_update().filter(root_page=clinic.pk).first()
    if site is None:
        raise ValidationError(_("This clinic has no host name."))
    if site.hostname != base_host:
        raise HostConflict(site.hostname)
    host = checked_host(host, clinic)
    if host == site.hostname:
        return
    HostAlias.objects.filter(page=clinic.pk, hostname=host).delete()
    HostAlias.objects.create(page=clinic.page_ptr, hostname=site.hostname)
    site.hostname = host
    site.save()
    log(clinic, CHANGE_HOST, user=user, data={"before": base_host, "after": host})
    bump_group(clinic)
