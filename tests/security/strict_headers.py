"""The headers that each public answer has, without exceptions."""

from collections.abc import Mapping

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}
EVERYWHERE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NEVER = {"Set-Cookie", "Server", "X-Powered-By", "Access-Control-Allow-Origin"}


def policy(header: str) -> dict[str, str]:
    """A Content-Security-Policy by its directives."""
    parts = (part.strip().partition(" ") for part in header.split(";"))
    return {name: value for name, _, value in parts}


def faults(address: str, headers: Mapping[str, str]) -> set[str]:
    """The headers of a public answer that are missing, weaker than they should be, or too many."""
    found = {name for name, value in EVERYWHERE.items() if headers.get(name) != value}
    found |= set(headers) & NEVER
    # Files that were uploaded run nothing at all: their policy is stricter still.
    is_file = address.startswith("/files/")
    if not is_file and policy(headers.get("Content-Security-Policy", "")) != POLICY:
        found.add("Content-Security-Policy")
    if "cookie" in headers.get("Vary", "").lower():
        found.add("Vary")
    if "geolocation=()" not in headers.get("Permissions-Policy", ""):
        found.add("Permissions-Policy")
    return found
