"""Every setting of the service, from the environment: TERRITORY_ and the name in capitals."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveFloat, PositiveInt, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from scenarios.store.database import normal_url
from scenarios.store.sessions import Lifetime

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Settings(BaseSettings):
    """Settings of the service and its workers; docs/service.md has this table."""

    model_config = SettingsConfigDict(env_prefix="TERRITORY_", extra="ignore", frozen=True)

    database_url: SecretStr = Field(
        SecretStr("sqlite:///territory.db"), description="sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME."
    )
    auth: Literal["off", "keys"] = Field("off", description="keys: every call needs an API key; off: loopback only.")
    host: str = Field("127.0.0.1", description="Address to listen on; another than loopback needs auth=keys.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(8000, description="Port to listen on.")
    hosts: str = Field("", description="Host names that requests may name, separated by commas; with auth=keys any.")
    workers: NonNegativeInt = Field(1, description="Worker processes that `territory serve` starts beside itself.")
    body_limit_mb: PositiveInt = Field(50, description="Largest body of a request, in MB.")
    requests_per_minute: PositiveInt = Field(600, description="Requests a minute of one user, in one process.")
    sign_ins_per_minute: PositiveInt = Field(10, description="Attempts to sign in a minute of one address.")
    session_idle_h: PositiveFloat = Field(8.0, description="Hours without a request after which a session ends.")
    session_h: PositiveFloat = Field(24.0, description="Hours after which a browser session ends in any case.")
    https: bool = Field(False, description="A proxy serves this by https: browsers send the cookie over nothing else.")
    active_jobs: PositiveInt = Field(20, description="Jobs of one user that may wait or run at once.")
    units_limit: PositiveInt = Field(100_000, description="Units of one scenario.")
    vertices_limit: PositiveInt = Field(2_000_000, description="Vertices of one map.")
    territories_limit: PositiveInt = Field(2_000, description="Territories of one scenario.")
    points_limit: PositiveInt = Field(200, description="What-ifs of one sweep.")
    time_limit_s: PositiveFloat = Field(7_200.0, description="Longest time limit of a solve.")
    solver_cores: PositiveInt = Field(2, description="Most processor cores that one solve uses.")
    small_units_limit: PositiveInt = Field(2_000, description="Units of a scenario that POST /v1/solve takes.")
    small_time_limit_s: PositiveFloat = Field(30.0, description="Longest time limit of POST /v1/solve.")
    small_grace_s: PositiveFloat = Field(
        120.0, description="Seconds beyond its time limit after which a small solve is killed; the first may compile."
    )
    comparison_units_limit: PositiveInt = Field(20_000, description="Units of all plans that are compared at once.")
    lease_s: PositiveFloat = Field(30.0, description="Seconds without a sign of life after which a worker is dead.")
    attempts: PositiveInt = Field(3, description="Workers that may die of a job before it is given up.")
    stop_grace_s: PositiveFloat = Field(
        30.0, description="Seconds a solve has to answer a stop before its worker is ended."
    )
    events_kept_days: PositiveInt = Field(30, description="Days that the events of a finished job are kept.")
    cases_kept: PositiveInt = Field(4, description="Prepared scenarios that the service keeps in memory.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")

    @field_validator("database_url")
    @classmethod
    def _known(cls, url: SecretStr) -> SecretStr:
        return SecretStr(normal_url(url.get_secret_value()))

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        return self.host in LOOPBACK

    @property
    def session_lifetime(self) -> Lifetime:
        """How long a browser session lasts."""
        return Lifetime(timedelta(hours=self.session_idle_h), timedelta(hours=self.session_h))

    def refusal(self) -> str:
        """Return why a service with these settings must not start, "" where it may."""
        if self.auth == "off" and not self.is_loopback:
            return (
                f"Without authentication the service listens on this machine only, not on {self.host}. "
                "Maybe set TERRITORY_AUTH=keys and make a key with `territory key`."
            )
        return ""
