"""How many requests a minute one address may send.

Counted in the cache "requests": shared by workers and hosts where that is Redis, each worker on its own where not.
"""

import logging
import time
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from rest_framework.throttling import BaseThrottle

from items.http.breaker import Away

logger = logging.getLogger(__name__)

WINDOW = 60


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it: bare, with a port, or in brackets."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def client_address(request: HttpRequest) -> str:
    """Who asks: the peer, or what the outermost of our own proxies says its peer was.

    security: the header is read from its right end, where our proxies wrote; a client may write anything to the left.
    Of an IPv6 address only the network counts (/64), since a client has all the addresses in it.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    chain = [*request.META.get("HTTP_X_FORWARDED_FOR", "").split(","), peer]
    place = min(settings.TRUSTED_PROXIES + 1, len(chain))
    address = _parsed(chain[-place]) or _parsed(peer)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False).network_address)
    return str(address) if address else "unknown"


class AddressThrottle(BaseThrottle):
    """`settings.API_RATE` requests a minute from one address; 0 for no limit."""

    def allow_request(self, request, view):
        if not settings.API_RATE:
            return True
        window = int(time.time()) // WINDOW
        key = f"api-rate:{client_address(request)}:{window}"
        try:
            counts = caches["requests"]
            counts.add(key, 0, timeout=2 * WINDOW)
            return counts.incr(key) <= settings.API_RATE
        except Away:  # said in the log when it began
            return True
        except Exception:
            # A cache that is gone must not take the API with it.
            logger.warning("The cache that counts requests does not answer.", exc_info=True)
            return True

    def wait(self):
        return WINDOW - time.time() % WINDOW
