"""A page that may run only the scripts and styles that stand in it."""

import base64
import hashlib
import re

_POLICY = (
    "default-src 'none'; img-src data:; script-src {scripts}; style-src {styles}; base-uri 'none'; form-action 'none'"
)
EMPTY_POLICY = '<meta http-equiv="Content-Security-Policy" content="">'
"""What stands in a page's head until its policy is known."""


def with_policy(html: str) -> str:
    """Return a page with the hashes of its inline scripts and styles in place of its empty policy."""
    policy = _POLICY.format(scripts=_hashes("script", html), styles=_hashes("style", html))
    return html.replace(EMPTY_POLICY, EMPTY_POLICY.replace('""', f'"{policy}"'), 1)


def self_contained(title: str, styles: str, body: str, scripts: str) -> str:
    """Return a page in English that needs no network; `title` is inert, `scripts` are whole elements."""
    return with_policy(
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{EMPTY_POLICY}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{styles}</style>\n</head>\n<body>\n{body}\n{scripts}\n</body>\n</html>\n"
    )


def _hashes(tag: str, html: str) -> str:
    """Return the CSP sources of all inline elements of one kind."""
    bodies = re.findall(rf"<{tag}>(.*?)</{tag}>", html, flags=re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in bodies]
    return " ".join(f"'sha256-{digest}'" for digest in dict.fromkeys(digests))
