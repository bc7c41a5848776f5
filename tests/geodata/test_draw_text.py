"""Foreign text in a drawing."""

import html
import json

import pytest

from geodata.draw.text import clean, inert, script_json

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(3)>",
    "\"' onmouseover=alert(4) x='",
    "`${alert(5)}`",
    "{{ 7 * 7 }}{% raw %}{#",
    "\\u003cimg src=x onerror=alert(6)\\u003e",
    "javascript:alert(7)",
    "a\u2028b\u2029c",
    "&lt;b&gt; & co",
    "\u202egnp.exe",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_inert_text_has_no_active_sign_and_reads_the_same(text: str) -> None:
    """A name in the page's markup is seen as given and can be run by nobody."""
    written = inert(text)
    assert not set("<>\"'`$\\{}") & set(written)
    assert html.unescape(written) == clean(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_script_data_keeps_the_text_and_never_closes_its_element(text: str) -> None:
    """A name in the page's data comes back unchanged and cannot leave the script element."""
    written = script_json({text: [text]})
    assert json.loads(written) == {text: [text]}
    assert not set("<>&\u2028\u2029") & set(written)


def test_script_data_refuses_what_json_cannot_say() -> None:
    """NaN would make the whole map fail to open."""
    with pytest.raises(ValueError):
        script_json([float("nan")])


def test_clean_text_can_be_written_as_utf8_on_one_line() -> None:
    """Half a surrogate, a line break or a control character in a name breaks no file."""
    assert clean("a\ud800b\nc\td\x00") == "a\ufffdb c d\ufffd"
