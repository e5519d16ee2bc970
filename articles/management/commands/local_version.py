"""Reads and changes what a clinic has of its own: `manage.py local_version CLINIC ARTICLE`.

Exit status: 0 done, 1 refused by a rule of publishing, 2 bad input. Nothing is done by halves.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles import actions
from articles.accepting import NotOfferedError, accept_release
from articles.actions import NotMountedError, local_version_for
from articles.admin.article_rights import rights_at
from articles.batch import BatchError, apply_batch, keep_all
from articles.local_version_report import report_lines, report_of
from articles.models import ArticleMountPage, ArticlePage, LocalVersionPage
from articles.override_edits import UnknownOverrideError
from articles.publishing import NotPublishableError
from articles.queries import choice_of
from clinics.models import ClinicPage
from clinics.resolve import clinic_of, root_page

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

REFUSED, BAD_INPUT = 1, 2


class Command(BaseCommand):
    help = "Prints or changes what a clinic has of its own of a shared article."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("clinic", help="the slug of a clinic")
        parser.add_argument("article", help="the slug of a shared article")
        parser.add_argument("--json", action="store_true", help="print JSON")
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--apply", metavar="FILE", help="operations in JSON; - is standard input")
        act.add_argument("--keep-mine", metavar="SECTION", help="a section, slot or override; all")
        act.add_argument("--take-shared", metavar="SECTION", help="the same; all")
        act.add_argument("--accept-release", action="store_true", help="show the newest release")
        parser.add_argument("--publish", action="store_true", help="publish; else it is a draft")
        parser.add_argument("--user", metavar="NAME", help="whose act it is, for the history")

    def handle(self, *args: Any, **options: Any) -> None:
        clinic = _clinic(options["clinic"])
        article = _article(options["article"], clinic)
        user = _user(options["user"]) if options["user"] else None
        try:
            with transaction.atomic():
                self._act(clinic, article, user, options)
        except NotPublishableError as error:
            raise CommandError("\n".join(error.messages), returncode=REFUSED) from error
        except PermissionDenied as error:
            raise _bad(f"--user: {options['user']} may not do this here.") from error
        except UnknownOverrideError as error:
            raise _bad(
                f"Nothing of the clinic's own is there or waits: {error.args[0]}."
            ) from error
        except (BatchError, NotMountedError, NotOfferedError) as error:
            raise _bad(str(error)) from error
        report = report_of(article, clinic_of(root_page(clinic.pk)))
        if report is None:
            raise _bad(f"{clinic.title} shows no release of this article yet.")
        text = json.dumps(report, indent=2, ensure_ascii=False, default=str)
        self.stdout.write(text if options["json"] else "\n".join(report_lines(report)))

    def _act(
        self,
        clinic: ClinicPage,
        article: ArticlePage,
        user: AbstractUser | None,
        options: dict[str, Any],
    ) -> None:
        how = {"user": user, "publish": options["publish"]}
        if user and not options["accept_release"]:
            rights = rights_at(user, clinic)
            if not rights.edit or (options["publish"] and not rights.publish):
                raise PermissionDenied
        if options["apply"]:
            operations = _operations(options["apply"])
            apply_batch(local_version_for(article, clinic, user=user), operations, **how)
        elif options["keep_mine"] == "all":
            keep_all(_version(article, clinic), **how)
        elif options["keep_mine"]:
            actions.keep_mine(_version(article, clinic), options["keep_mine"], **how)
        elif options["take_shared"] == "all":
            actions.take_shared_updates(_version(article, clinic), **how)
        elif options["take_shared"]:
            actions.follow_again(_version(article, clinic), options["take_shared"], **how)
        elif options["accept_release"]:
            newest = choice_of(article, clinic.pk).newest
            if newest is None:
                raise NotOfferedError(f"{clinic.title} has no release of this article to accept.")
            accept_release(article, clinic, newest, user=user)


def _clinic(slug: str) -> ClinicPage:
    clinic = ClinicPage.objects.filter(slug=slug).first()
    if clinic is None:
        known = ", ".join(ClinicPage.objects.order_by("slug").values_list("slug", flat=True))
        raise _bad(f"There is no clinic “{slug}”. Known: {known}.")
    return clinic


def _article(slug: str, clinic: ClinicPage) -> ArticlePage:
    mounts = ArticleMountPage.objects.child_of(clinic).select_related("library")
    for library in {mount.library for mount in mounts}:
        found = ArticlePage.objects.child_of(library).filter(slug=slug).first()
        if found:
            return found
    raise _bad(f"The library has no article with the slug “{slug}”.")


def _version(article: ArticlePage, clinic: ClinicPage) -> LocalVersionPage:
    version = LocalVersionPage.objects.filter(article=article, clinic=clinic).first()
    if version is None:
        raise BatchError(f"{clinic.title} has nothing of its own of this article.")
    return version


def _user(name: str) -> AbstractUser:
    user = get_user_model().objects.filter(username=name, is_active=True).first()
    if user is None:
        raise _bad(f"--user: there is no active user “{name}”.")
    return user


def _operations(name: str) -> Any:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        return json.loads(text)
    except OSError as error:
        raise _bad(f"--apply: cannot read {name}: {error.strerror}.") from error
    except ValueError as error:
        raise _bad(f"--apply: {name} is no JSON: {error}.") from error


def _bad(message: str) -> CommandError:
    return CommandError(message, returncode=BAD_INPUT)
