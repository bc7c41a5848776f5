"""Structured logs: one JSON object a line on stderr, with a time, a level and an event."""

import logging
import sys
from typing import cast

import structlog
from structlog.stdlib import BoundLogger


def start_logs(level: str) -> None:
    """Write logs of at least this level."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def logger() -> BoundLogger:
    """Return the log."""
    return cast(BoundLogger, structlog.get_logger())
