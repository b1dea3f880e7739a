"""`annotator`: without arguments, or with `open`, the window; else a command. Imports late."""

import socket
import sys


def main(args: list[str] | None = None) -> int:
    """Returns the exit code."""
    args = sys.argv[1:] if args is None else args
    if not args:
        args = ["open"]
    elif len(args) == 1 and args[0].endswith(".annot"):  # a file manager opens a project so
        args = ["open", *args]
    socket.has_ipv6 = False  # a library that spaCy brings would open a socket to see whether there is
    from annotator.commands.main import run

    return run(args)


if __name__ == "__main__":
    sys.exit(main())
