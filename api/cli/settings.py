"""The settings of the environment for a command, or why they cannot be used."""

from pydantic import ValidationError

from api.settings import Settings
from geodata.findings import Finding, InputError, Level


def read_settings(**changes: object) -> Settings:
    """Return the settings, those that are not None in `changes` in place of the environment's; raises InputError."""
    try:
        return Settings(**{name: value for name, value in changes.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        found = [
            Finding(
                Level.ERROR,
                "invalid-setting",
                f"TERRITORY_{str(details['loc'][0]).upper()}: {details['msg']}.",
                "Maybe compare it with docs/service.md.",
                field=str(details["loc"][0]),
            )
            for details in error.errors(include_input=False, include_url=False)
        ]
        raise InputError(found) from error
