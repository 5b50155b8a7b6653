"""Prints an application's accessibility tree: role and name, one node a line, indented.

Usage: atspi.py APPLICATION-NAME. It needs the system's Python, whose packages bring gi and Atspi.
"""

import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402 (the version is chosen before the import)

# Boxes without a meaning of their own: left out where they have no name.
PLUMBING = {"filler", "panel", "scroll pane", "section"}


def children(node):
    return (node.get_child_at_index(i) for i in range(node.get_child_count()))


def show(node, depth=0):
    if node is None:  # it went away while we were reading
        return
    role, name = node.get_role_name(), (node.get_name() or "").strip()
    silent = role in PLUMBING and not name
    if not silent:
        print("  " * depth + (f"{role} | {name}" if name else role))
    for child in children(node):
        show(child, depth if silent else depth + 1)


def main(wanted):
    applications = [a for a in children(Atspi.get_desktop(0)) if a is not None]
    for application in applications:
        if application.get_name() == wanted:
            show(application)
            return 0
    names = ", ".join(repr(a.get_name()) for a in applications) or "none"
    print(f"no application called {wanted!r} on the accessibility bus; there: {names}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
