"""People are let in, change their roles and leave, in a real browser."""

from pathlib import Path

from tests.api.service.world import bearer, tokens
from tests.api.web.world import open_page, served, signed_in
from tests.browser import started, violations

HOSTILE = "<img src=x onerror=alert(1)>"


def test_an_admin_lets_somebody_in_and_shuts_them_out(chromium: Path, tmp_path: Path) -> None:
    """The key that is shown once opens the door, for the region told, until the user is shut out."""
    keys = tokens(tmp_path)
    with served(tmp_path, auth="keys") as client, started(chromium) as browser:
        with signed_in(browser, client, keys["admin"]) as watched:
            page = open_page(watched, client, "/")
            page.get_by_role("link", name="People").click()
            page.get_by_label("Name", exact=True).fill(HOSTILE)
            page.get_by_label("Role", exact=True).select_option("viewer")
            page.get_by_label("Sees only units whose column").fill("region")
            page.get_by_label("has one of these values").fill("West, North")
            page.get_by_role("button", name="Let in and make a key").click()
            token = page.get_by_label("The key", exact=True).input_value()
            assert violations(page) == []
            page.get_by_role("button", name="Done").click()
            me = client.get("/v1/me", headers=bearer(token)).json()
            assert (me["name"], me["role"]) == (HOSTILE, "viewer")
            assert me["region"] == {"field": "region", "values": ["West", "North"]}

            page.get_by_label(f"Role of {HOSTILE}").select_option("planner")
            page.get_by_text(f"{HOSTILE} is planner now.").wait_for()
            assert client.get("/v1/me", headers=bearer(token)).json()["region"] is None
            page.get_by_role("button", name=f"1 key of {HOSTILE}").click()
            page.get_by_role("button", name=f"Shut out: {HOSTILE}").click()
            page.get_by_role("button", name="Shut out", exact=True).click()
            page.get_by_role("button", name=f"Let in again: {HOSTILE}").wait_for()
            assert client.get("/v1/me", headers=bearer(token)).status_code == 401
            assert violations(page) == [] and watched.noises == []
        with signed_in(browser, client, keys["planner"]) as watched:
            page = open_page(watched, client, "/people")
            page.get_by_role("alert").wait_for()
            assert page.get_by_role("link", name="People").count() == 0 and violations(page) == []


def test_an_admin_stays_an_admin(tmp_path: Path) -> None:
    """Nobody locks the last admin out, not even the admin."""
    keys = tokens(tmp_path)
    with served(tmp_path, auth="keys") as client:
        client.headers.update(bearer(keys["admin"]))
        path = f"/v1/users/{client.get('/v1/me').json()['user_id']}"
        for change in ({"role": "viewer"}, {"disabled": True}):
            answer = client.patch(path, json=change)
            assert (answer.status_code, answer.json()["code"]) == (409, "own-account")
        assert client.patch(path, json={"role": "admin"}).status_code == 200
