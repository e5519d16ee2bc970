"""How far Varnish has been told what changed, as the product's own worker wrote it down."""

from __future__ import annotations

from tests.services.programs import eventually
from tests.services.replication import DATABASE, Server

NOT_TOLD, TOLD_ONCE, SETTLED = "not told", "told once", "settled"
# A delivery that was told waits for the moment at which it is told again.
_STATE = f"""
SELECT CASE
WHEN EXISTS (SELECT FROM clinics_purgeoutbox WHERE done_at IS NULL AND spread_at IS NULL)
    OR EXISTS (SELECT FROM clinics_purgedelivery WHERE due_at <> settles_at) THEN '{NOT_TOLD}'
WHEN EXISTS (SELECT FROM clinics_purgedelivery) THEN '{TOLD_ONCE}'
ELSE '{SETTLED}' END
"""  # noqa: S608 - our own words


class Purges:
    def __init__(self, primary: Server) -> None:
        self._primary = primary

    @property
    def state(self) -> str:
        """Of all changes together."""
        return self._primary.execute(_STATE, database=DATABASE).strip()

    def wait_for(self, state: str, *, seconds: float = 20) -> None:
        eventually(lambda: self.state == state, f"purges: {state}", seconds=seconds)

    def is_being_told(self) -> bool:
        """Whether a worker is in the middle of telling it."""
        return self._is_so("leased_until > now()")

    def has_failed(self, times: int) -> bool:
        """Whether it did not answer so often in a row."""
        return self._is_so(f"tries >= {times}")

    def _is_so(self, condition: str) -> bool:
        count = f"SELECT count(*) FROM clinics_purgenode WHERE {condition}"  # noqa: S608 - as above
        return self._primary.execute(count, database=DATABASE).strip() != "0"
