"""The same bytes as a static file of whitenoise."""

from __future__ import annotations

import os
from pathlib import Path

from whitenoise import WhiteNoise

from bench.peers.bare import application as bare

application = WhiteNoise(bare, root=str(Path(os.environ["BENCH_PAGE"]).parent), prefix="/page/")
