"""Where a request comes from, in as few words as serve a person who looks at their sign-ins."""

import re
from ipaddress import IPv6Address, ip_address, ip_network

KEPT_BITS = {4: 24, 6: 48}
"""How much of an address is kept: the network of a provider's customers, not one machine."""

BROWSERS = [
    (re.compile(r"\bEdgA?/|\bEdgiOS/"), "Edge"),
    (re.compile(r"\bOPR/"), "Opera"),
    (re.compile(r"\bSamsungBrowser/"), "Samsung Internet"),
    (re.compile(r"\bFirefox/|\bFxiOS/"), "Firefox"),
    (re.compile(r"\bHeadlessChrome/|\bChrome/|\bCriOS/|\bChromium/"), "Chrome"),
    (re.compile(r"\bVersion/\S+ .*\bSafari/"), "Safari"),
]
SYSTEMS = [
    (re.compile(r"\bWindows\b"), "Windows"),
    (re.compile(r"\bAndroid\b"), "Android"),
    (re.compile(r"\biPhone\b"), "iPhone"),
    (re.compile(r"\biPad\b"), "iPad"),
    (re.compile(r"\bMac OS X\b|\bMacintosh\b"), "macOS"),
    (re.compile(r"\bCrOS\b"), "ChromeOS"),
    (re.compile(r"\bLinux\b"), "Linux"),
]


def network(address: str) -> str:
    """The network of an address: `192.0.2.0/24`; empty when it is no address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ip_network((parsed, KEPT_BITS[parsed.version]), strict=False))


def shortened(address: str) -> str:
    """The first address of its network, for columns that take nothing but addresses."""
    return network(address).partition("/")[0] or "0.0.0.0"  # noqa: S104 (an address, not a socket)


def browser_of(user_agent: str) -> tuple[str, str]:
    """Browser and system by name; each empty when not recognised. The header is the client's own claim."""
    head = user_agent[:400]
    return _first(BROWSERS, head), _first(SYSTEMS, head)


def _first(table, text: str) -> str:
    return next((name for pattern, name in table if pattern.search(text)), "")
