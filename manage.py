#!/usr/bin/env python
"""Django's command line; `cms.settings.dev` unless DJANGO_SETTINGS_MODULE says otherwise."""

from __future__ import annotations

import os
import sys


def main() -> None:
    if sys.version_info < (3, 12):
        sys.exit("Polyclinic needs Python 3.12 or newer (3.13 is tested): see .python-version.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the check

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
