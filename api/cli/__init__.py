"""The command line: `territory`."""


def main() -> None:
    """Run the command `territory`."""
    from api.cli.app import run

    run()
