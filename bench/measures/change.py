"""Publishes a change of the shared article: prints the moment of the commit and the new words."""

from __future__ import annotations

import json
import time

from bench.measures.publish import publish

if __name__ == "__main__":
    words = publish("fresh")
    print(json.dumps({"at": time.time(), "words": words}))
