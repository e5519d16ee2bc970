"""A block that pages about the drug need in; its name, why it is asked for and what to add out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from articles.claims.required import Block

BLOCK_NAMES = {
    Block.OFF_LABEL: _("off-label statement"),
    Block.RISKS: _("risks"),
    Block.EXCLUSIONS: _("who should not have it"),
    Block.ALTERNATIVES: _("alternatives"),
    Block.LIMITS: _("limits of the evidence"),
    Block.EMERGENCY: _("what to do in an emergency"),
}
BLOCK_REMEDIES = {
    Block.OFF_LABEL: _(
        "The page speaks of ketamine, and nothing above the first call to action says that this "
        "use is not approved: add a section “Statement” with the off-label wording there."
    ),
    Block.RISKS: _(
        "Patients are asked to call before they have read of the risks: add a section “Risks” "
        "above the first call to action."
    ),
    Block.EXCLUSIONS: _(
        "Patients are asked to call before they have read who it is wrong for: add a section "
        "“List” above the first call to action, under a heading such as “Who should not have "
        "ketamine”."
    ),
    Block.ALTERNATIVES: _(
        "Patients are asked to call before they have read what else there is: add a section "
        "“List” above the first call to action, under a heading such as “Other choices”."
    ),
    Block.LIMITS: _(
        "Patients are asked to call before they have read how far the evidence goes: add a "
        "section “Text” above the first call to action, under a heading such as “What research "
        "says”, and say in it what studies did not show."
    ),
    Block.EMERGENCY: _(
        "Nothing tells what to do in an emergency: add a section “Callout” of the urgency "
        "“Emergency” that says when to call 911."
    ),
}
BLOCK_AT_CLINIC = _(
    "The library's page has it and this clinic's would not: “%(block)s” is hidden, written anew, "
    "or below a call to action. Take that change back, or move the call to action below it."
)
