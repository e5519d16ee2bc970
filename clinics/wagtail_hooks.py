"""Registrations of the clinics app with Wagtail, and nothing else."""

from __future__ import annotations

from wagtail import hooks

from clinics.admin.facts_log import FactsChangeFormatter
from clinics.facts import LOG_ACTION


@hooks.register("register_log_actions")
def register_facts_log(actions):
    actions.register_action(LOG_ACTION)(FactsChangeFormatter)
