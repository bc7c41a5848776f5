"""The border to readers that are not ours: what they raise or warn about becomes a finding."""

import warnings
from collections.abc import Callable

from geodata.findings import Finding, Level
from geodata.layers.raw_layer import RawLayer, refuse


def read_foreign(read: Callable[[], RawLayer], label: str) -> RawLayer:
    """Run a foreign reader.

    Damaged bytes make such readers fail in more ways than can be listed, so any exception is an `unreadable-file`
    error; each of their warnings is a `reader-warning`.
    """
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            raw = read()
        except UnicodeDecodeError as error:
            message = f"The texts of {label} are not {error.encoding}: byte 0x{error.object[error.start]:02x}."
            refuse("wrong-encoding", label, message, "Maybe the .cpg file names the wrong encoding.")
        except Exception as error:
            why = (str(error).splitlines() or [type(error).__name__])[0][:200]
            hint = "Maybe it is damaged or of another kind; export it again."
            refuse("unreadable-file", label, f"{label} cannot be read: {why.rstrip('.')}.", hint)
    texts = dict.fromkeys(str(warning.message).splitlines()[0][:200] for warning in heard)
    return RawLayer(raw.attributes, raw.geometry, raw.crs, (*raw.findings, *(_warning(text, label) for text in texts)))


def _warning(text: str, label: str) -> Finding:
    message = f"The reader of {label} warns: {text.rstrip('.')}."
    return Finding(Level.WARNING, "reader-warning", message, "Maybe check the file in a map program.", label)
