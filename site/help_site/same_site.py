"""Tells a form sent from our own page from one that another site sends in a visitor's name."""

from collections.abc import Mapping
from urllib.parse import urlsplit

_OWN = frozenset({"same-origin", "none"})


def is_sent_from_own_page(headers: Mapping[str, str], own_hosts: frozenset[str]) -> bool:
    """Whether a POST comes from one of our pages; `own_hosts` are `host[:port]`, lower case.

    `Sec-Fetch-Site` decides where a browser sends it. Older browsers send only `Origin`, and
    with our `Referrer-Policy: no-referrer` that is `null` for our own forms, so `null` and
    nothing at all are let through: there is no cookie or session that could be abused.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site.strip().lower() in _OWN
    origin = headers.get("origin", "null").strip().lower()
    if origin in ("", "null"):
        return True
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return False
    return host in own_hosts
