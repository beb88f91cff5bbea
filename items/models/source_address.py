"""Addresses of originals, in a form in which two that lead to the same page are equal."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.db import models
from w3lib.url import canonicalize_url

# Parameters that say where a reader came from, and nothing about the page.
_TRACKING = re.compile(
    r"^(utm_\w*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_[ce]id|_hs\w+|hsctatracking|mkt_tok|"
    r"pk_\w+|piwik_\w+|mtm_\w+|matomo_\w+|_ga|_gl|ns_\w+|wt\.?mc_id|wt_zmc|xtor|at_\w+|cmpid|s_cid|ref_src|ref_url|vero_id)$",
    re.IGNORECASE,
)


def address_key(url: str) -> str:
    """What tells a page from another: without scheme, `www.`, default port, fragment, trailing slash and tracking.

    At most 500 characters; empty for what is no address.
    """
    try:
        parts = urlsplit(canonicalize_url(url.strip()))
        port = parts.port
    except ValueError:
        return ""
    if not parts.hostname:
        return ""
    host = parts.hostname.rstrip(".").removeprefix("www.")
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(name)
    ]
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{f':{port}' if port not in (None, 80, 443) else ''}{parts.path.rstrip('/')}{query}"[:500]


class AddressKeyField(models.CharField):
    """The key of the address in another field of the same row; follows it on every path that saves instances."""

    def __init__(self, *args: Any, of: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.of = of

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance, add):
        key = address_key(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, key)
        return key
