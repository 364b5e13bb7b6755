"""Which addresses are those of this machine alone: nobody else can reach them, and what is sent there stays here."""

from urllib.parse import urlsplit


def is_host(name: str) -> bool:
    """Tell whether the host, with or without the brackets of an IPv6 address, is one that only this machine reaches.

    >>> is_host("localhost"), is_host("127.0.0.2"), is_host("[::1]"), is_host("192.0.2.7"), is_host("")
    (True, True, True, False, False)
    """
    import ipaddress

    plain = name.strip("[]").lower()
    if plain == "localhost":
        return True
    try:
        return ipaddress.ip_address(plain).is_loopback
    except ValueError:
        return False


def is_url(url: str) -> bool:
    """Tell whether the address, such as `http://[::1]:8000/`, leads to this machine alone."""
    try:
        return is_host(urlsplit(url).hostname or "")
    except ValueError:  # no address at all
        return False
