"""The way of a plan from its planner to its approval, in real browsers of several people."""

from pathlib import Path

from tests.api.service.world import bearer, tiny_document, tokens, with_plan
from tests.api.web.world import open_page, served, signed_in
from tests.browser import started, violations, watch

HOSTILE = "<img src=x onerror=alert(1)>${alert(2)}'\"&"


def test_a_plan_is_commented_sent_back_and_approved_by_somebody_else(chromium: Path, tmp_path: Path) -> None:
    """Four eyes see a plan: what is said stays, nobody approves their own, and whoever may not act is told why."""
    keys = tokens(tmp_path)
    with served(tmp_path, auth="keys") as client, started(chromium) as browser:
        client.headers.update(bearer(keys["approver"]))
        created = client.post("/v1/scenarios", json={**tiny_document(client), "name": HOSTILE}).json()
        path = f"/scenarios/{with_plan(client, created)['id']}/review"
        with signed_in(browser, client, keys["approver"]) as first, signed_in(browser, client, keys["admin"]) as second:
            page = open_page(first, client, f"{path}?about=unit&subject=A")
            page.get_by_label("Your comment").fill(HOSTILE)
            page.get_by_role("button", name="Add comment").click()
            page.get_by_text("on unit A").wait_for()
            page.get_by_label("Note for the approver").fill("Balanced at last.")
            page.get_by_role("button", name="Submit for approval").click()
            approve = page.get_by_role("button", name="Approve")
            approve.wait_for()
            assert approve.get_attribute("aria-disabled") == "true"
            assert "Nobody approves their own" in page.inner_text("#own-submission")
            approve.click(force=True)
            assert violations(page) == []

            other = open_page(second, client, path)
            assert "Balanced at last." in other.inner_text("#decision") and HOSTILE in other.inner_text("#comments")
            other.get_by_role("button", name="Send back").click()
            assert "Say what has to change" in other.inner_text("#decision")
            other.get_by_label("Your reasons").fill("Why A?")
            other.get_by_role("button", name="Send back").click()
            other.get_by_text("Sent back to be reworked.").wait_for()
            assert violations(other) == []

            page = open_page(first, client, path)
            page.get_by_role("button", name="Resolve").first.click()
            page.get_by_role("button", name="Open (1)").wait_for()
            page.get_by_role("button", name="Submit for approval").click()
            approve.wait_for()
            other = open_page(second, client, path)
            other.get_by_role("button", name="Approve").click()
            other.get_by_text("The plan is approved.").wait_for()
            assert client.get(f"/v1{path.removesuffix('/review')}").json()["status"] == "approved"
            assert violations(other) == [] and first.noises == [] and second.noises == []


def test_the_history_tells_who_did_what_and_takes_the_last_move_back(chromium: Path, tmp_path: Path) -> None:
    """Whoever comes back sees what happened meanwhile, finds it again, and can undo the last move."""
    with served(tmp_path) as client, started(chromium) as browser:
        scenario = with_plan(client, client.post("/v1/scenarios", json=tiny_document(client)).json())
        path = f"/v1/scenarios/{scenario['id']}"
        for unit, territory in (("B", "R2"), ("C", "R1")):
            seen = client.get(path).json()["revision"]
            moved = client.post(
                f"{path}/moves", json={"units": [unit], "territory": territory}, headers={"If-Match": f'"{seen}"'}
            )
            assert moved.status_code == 201, moved.text
        watched = watch(browser, lambda url: url.startswith(str(client.base_url)), width=1280, theme="dark")
        page = open_page(watched, client, f"/scenarios/{scenario['id']}/history")
        assert "R2 → R1: C" in page.inner_text("#events") and "Undo later changes first" in page.inner_text("#events")
        page.get_by_role("button", name="Undo").click()
        page.get_by_text("took back a change").wait_for()
        assert client.get(path).json()["plan_id"] != moved.json()["plan"]["id"]
        page.get_by_label("Search").fill("R2 → R1")
        assert page.get_by_role("row").count() == 2
        page.get_by_label("What").select_option("run")
        assert "Nothing fits" in page.inner_text("#events")
        assert violations(page) == [] and watched.noises == []
