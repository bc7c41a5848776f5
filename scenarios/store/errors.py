"""Why the store refuses something."""


class NotFoundError(LookupError):
    """There is no such thing, or none that this workspace may see."""

    def __init__(self, kind: str, name: str) -> None:
        self.kind, self.name = kind, name
        super().__init__(f"There is no {kind} {name}.")


class StaleError(RuntimeError):
    """Somebody else changed it first; `revision` is the present one."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        super().__init__(f"It has been changed since; its revision is now {revision}.")


class ConflictError(RuntimeError):
    """The thing is in a state in which this cannot be done; `code` is one of the service's."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class FencedError(RuntimeError):
    """A later attempt has taken the job over, so that nothing more of this one is kept."""
