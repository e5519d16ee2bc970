"""The sections of an article and the overrides of a clinic, as StreamField blocks."""

from __future__ import annotations
