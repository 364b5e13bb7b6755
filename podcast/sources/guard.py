"""Any address of the web, and public machines alone: what a person or a service names may lead into no network of ours.

It is looked at in the connection, so that no second look-up of a name can change what was allowed: all its addresses
are public, and one of them is connected to. No proxy, no password of the home folder and no cookie goes along. requests
and urllib3, which are here, need some fifty lines for it: no package more.
"""

import http.cookiejar
import ipaddress
import socket
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from podcast.show import passing
from podcast.show.errors import NoText, SourceError
from podcast.show.settings import SourcesSettings
from podcast.sources.http import Service
from podcast.sources.text import clean_text

_NOT_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        ),
    )
)  # fmt: skip
"""IANA's registries of special-purpose addresses (iana.org/assignments/iana-ipv4-special-registry, -ipv6-), and
multicast; those that hold another address inside are among them."""
_UNICAST = ipaddress.ip_network("2000::/3")
"""Of IPv6, where public machines are (iana.org/assignments/ipv6-address-space): what maps IPv4 is outside."""

NAMED = "the address"
"""Where a person named the machine."""


def is_public(address: str) -> bool:
    """Whether the IP address is that of a machine anybody may reach.

    >>> is_public("192.0.2.7"), is_public("::ffff:127.0.0.1"), is_public("151.101.3.42")
    (False, False, True)
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return (found.version == 4 or found in _UNICAST) and not any(
        found in network for network in _NOT_PUBLIC if network.version == found.version
    )


class _Guarded(HTTPConnection):
    own: frozenset[str] = frozenset()
    """Hosts with their ports that may be asked all the same."""

    def _new_conn(self) -> socket.socket:
        """Return a socket to one of the name's addresses. Raises SourceError where it has none, NoText where one of
        them is not public."""
        port = self.port or self.default_port
        try:
            found = socket.getaddrinfo(self.host.strip("[]"), port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            hint = passing.silence(error, named=NAMED)[1]
            raise SourceError(f"no machine called {self.host} is to be found", hint) from error
        if f"{self.host}:{port}" not in self.own:
            for *_, address in found:
                if not is_public(str(address[0])):
                    raise NoText(
                        f"{self.host} leads to {address[0]}, which is not public: it is not asked",
                        "save the file, and name that; or name the host in [sources] own_hosts",
                    )
        problem: OSError | None = None
        for family, kind, protocol, _, address in found:
            sock = socket.socket(family, kind, protocol)
            try:
                if isinstance(self.timeout, int | float):
                    sock.settimeout(self.timeout)
                sock.connect(address)
            except OSError as error:
                sock.close()
                problem = error
            else:
                return sock
        raise urllib3.exceptions.NewConnectionError(self, "cannot be reached") from problem


class _GuardedTls(_Guarded, HTTPSConnection):
    """Names and certificates are those of the address that was asked for."""


class _Adapter(HTTPAdapter):
    def __init__(self, own: frozenset[str]) -> None:
        self._own = own
        super().__init__()

    def init_poolmanager(self, *args: object, **kwargs: object) -> None:
        super().init_poolmanager(*args, **kwargs)  # type: ignore[arg-type]
        plain = type("Plain", (_Guarded,), {"own": self._own})
        secure = type("Secure", (_GuardedTls,), {"own": self._own})
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }


class Web(Service):
    """Whoever answers at an address, asked as a service is: few bytes, little time, five redirects by the same gate."""

    _named = NAMED

    def __init__(self, url: str, settings: SourcesSettings, sleep: Callable[[float], None] = time.sleep) -> None:
        """Raises NoText for what is no address, or none that is asked."""
        self._secure = False
        try:
            begun, port, asked = urlsplit(url), urlsplit(url).port, self._ours(url)
        except ValueError:  # urllib.parse's word for an address that is none
            asked = False
        if not asked:
            raise NoText(f"{clean_text(url)[:100]} is no address of the web", "look at the address")
        self._secure = begun.scheme == "https"
        super().__init__(begun.hostname or "", (url,), settings, kind="text", patience=settings.backoff, sleep=sleep)
        first = f"{begun.hostname}:{port or {'https': 443}.get(begun.scheme, 80)}"
        # a host of one's own may be named, and no stranger may send us there
        adapter = _Adapter(frozenset(settings.own_hosts) & {first})
        self._session.trust_env = False
        self._session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, adapter)

    def _ours(self, url: str) -> bool:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.username is None and parts.password is None
        return named and (parts.scheme == "https" or (parts.scheme == "http" and not self._secure))
