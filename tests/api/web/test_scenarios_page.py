"""The list of scenarios in a real browser."""

from pathlib import Path

from api.jobs.queue import Queue
from api.jobs.samples import TIME_LIMITS_S, load_samples
from api.jobs.worker import prepare_database
from scenarios.store.database import Store
from tests.api.service.world import tiny_document, with_plan
from tests.api.web.world import address, served
from tests.browser import open_site, started, violations

HOSTILE = "<img src=x onerror=alert(1)>${alert(2)}'\"&"


def test_the_list_shows_where_each_scenario_stands(chromium: Path, tmp_path: Path) -> None:
    """A leader sees state, figures and next step; hostile names stay names; by keyboard; nothing is wrong for axe."""
    with served(tmp_path) as client, started(chromium) as browser:
        with open_site(browser, address(client, "/")) as watched:
            assert "No scenario yet" in watched.page.inner_text("main")
            assert violations(watched.page) == [] and watched.noises == []
        body = {**tiny_document(client), "name": HOSTILE}
        with_plan(client, client.post("/v1/scenarios", json=body).json())
        client.post("/v1/scenarios", json={**body, "name": "untouched"})
        for theme in ("light", "dark"):
            with open_site(browser, address(client, "/"), theme=theme) as watched:  # type: ignore[arg-type]
                page = watched.page
                assert page.get_by_role("row").nth(1).inner_text().startswith("untouched")
                assert HOSTILE in page.inner_text("main") and "Keeps every rule" in page.inner_text("main")
                page.get_by_role("button", name="Proven gap").focus()
                page.get_by_role("tooltip").wait_for()
                assert violations(page) == [] and watched.noises == []


def test_the_demo_loads_every_sample_once(tmp_path: Path) -> None:
    """A first visitor finds all bundled scenarios on their way; a second start repeats nothing."""
    store = Store(f"sqlite:///{tmp_path / 'service.db'}")
    prepare_database(store)
    queue = Queue(store)
    assert [load_samples(store, queue), load_samples(store, queue)] == [True, False]
    queue.close()
    store.close()
    with served(tmp_path) as client:
        listed = client.get("/v1/scenarios").json()["items"]
        assert [scenario["job"]["status"] for scenario in listed] == ["queued"] * len(TIME_LIMITS_S)
        samples = {path.name for path in Path("scenarios/samples").iterdir()}
        assert samples == set(TIME_LIMITS_S)
