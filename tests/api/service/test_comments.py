"""What people say about a scenario, and the trail of what they did."""

from pathlib import Path
from typing import Any

from tests.api.service.world import bearer, match, service, tiny_scenario, tokens, with_plan


def test_a_review_leaves_its_words_and_its_trail(tmp_path: Path) -> None:
    """Who asks why a plan was approved finds what was said, by whom, and in which order it went."""
    keys = tokens(tmp_path)
    with service(tmp_path, auth="keys") as client:

        def post(role: str, path: str, body: Any = None, **headers: str) -> Any:
            return client.post(path, json=body, headers=bearer(keys[role]) | headers)

        client.headers.update(bearer(keys["planner"]))
        scenario = with_plan(client, tiny_scenario(client))
        path = f"/v1/scenarios/{scenario['id']}"
        remark = {"about": "unit", "subject": "A", "text": "Why R1?\nThe customer is in the south."}
        written = post("viewer", f"{path}/comments", remark).json()
        assert (written["author"], written["plan_id"], written["resolved_at"]) == ("viewer", scenario["plan_id"], None)
        submitted = post("planner", f"{path}/submit", **match(scenario)).json()
        assert submitted["submitted_by"] == client.get("/v1/me").json()["user_id"]
        rejected = post("approver", f"{path}/reject", {"comment": "Too far for R2."}, **match(submitted)).json()
        resolved = post("planner", f"{path}/comments/{written['id']}/resolve").json()
        assert resolved["resolver"] == "planner" and rejected["status"] == "rejected"
        said = client.get(f"{path}/comments").json()["items"]
        assert [(one["about"], one["author"]) for one in said] == [("unit", "viewer"), ("scenario", "approver")]
        told = [(one["action"], one["user"]) for one in client.get(f"{path}/history").json()["items"]]
        assert told == [
            ("scenario.create", "planner"),
            ("plan.add", "planner"),
            ("scenario.choose-plan", "planner"),
            ("comment.add", "viewer"),
            ("scenario.submitted", "planner"),
            ("scenario.rejected", "approver"),
            ("comment.resolve", "planner"),
        ]


def test_comments_name_what_they_are_about_and_are_closed_by_the_right_people(tmp_path: Path) -> None:
    """Nobody closes the question of somebody else unless they plan, and no comment hangs in the air."""
    keys = tokens(tmp_path)
    with service(tmp_path, auth="keys") as client:
        client.headers.update(bearer(keys["planner"]))
        scenario = with_plan(client, tiny_scenario(client))
        path = f"/v1/scenarios/{scenario['id']}/comments"
        for wrong in (
            {"text": " "},
            {"text": "x", "about": "unit"},
            {"text": "x", "subject": "A"},
            {"text": "x" * 4001},
            {"text": "a\x00b"},
        ):
            assert client.post(path, json=wrong).json()["code"] == "invalid-request", wrong
        answer = client.post(path, json={"text": "?", "about": "territory", "subject": "R9"}).json()
        assert answer["errors"][0]["code"] == "unknown-territory" and "R1" in answer["errors"][0]["hint"]
        own = client.post(path, json={"text": "<script>alert(1)</script>"}).json()["id"]
        viewer = bearer(keys["viewer"])
        assert client.post(f"{path}/{own}/resolve", headers=viewer).json()["code"] == "forbidden"
        theirs = client.post(path, json={"text": "?"}, headers=viewer).json()["id"]
        assert client.post(f"{path}/{theirs}/resolve", headers=viewer).json()["resolver"] == "viewer"
        assert client.post(f"{path}/{theirs}/reopen").json()["resolved_at"] is None
        other = tiny_scenario(client)["id"]
        assert client.post(f"/v1/scenarios/{other}/comments/{own}/resolve").status_code == 404
