"""`territory key`: the first keys, made on the machine itself."""

from api.cli.exits import Exit
from api.cli.screen import Screen
from api.settings import Settings
from scenarios.store.database import Store
from scenarios.store.people import add_key, add_user, need_workspace


def make_key(screen: Screen, settings: Settings, workspace: str, user: str, role: str) -> int:
    """Make a user with a key and show its token, this once."""
    store = Store(settings.database_url.get_secret_value())
    store.upgrade()
    with store.transaction() as session:
        place = need_workspace(session, workspace)
        _, token = add_key(session, add_user(session, place.id, user, role).id, "made on the machine")
    store.close()
    screen.say(f"{user} is {role} of {place.name}. The key, which is not shown again:")
    screen.say(token)
    screen.answer({"exit_code": Exit.DONE, "workspace_id": place.id, "role": role, "token": token})
    return Exit.DONE
