"""The claim checker: texts of a page in, what may not be said (and what may) out.

Pure: no database, no request. Rules are data (`rules/*.toml`); `checking.py` applies them.
"""
