#!/usr/bin/env bash
# Runs a command on a private Linux desktop: own home, display, session bus and accessibility bus.
# Nothing of the caller's desktop is seen or touched, and nothing is left running.
# Usage: run.sh OUT_DIR COMMAND [ARGUMENT...]
set -euo pipefail

# The network is cut where this account may: whatever works here works offline. Loopback stays, for the
# drivers and for the small servers of tests.
PATH=$PATH:/usr/sbin:/sbin
if [ -z "${WAYMARK_NETWORK:-}" ] && unshare --net ip link set lo up 2>/dev/null; then
  export WAYMARK_NETWORK=cut
  exec unshare --net bash -c 'ip link set lo up && exec bash "$@"' bash "$0" "$@"
fi

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
export DESKTOP_OUT DESKTOP_DIR=$here
DESKTOP_OUT=$(cd "$1" && pwd)
shift

root=$(mktemp -d "${TMPDIR:-/tmp}/waymark-desktop.XXXXXX")
export HOME=$root/home XDG_RUNTIME_DIR=$root/runtime TMPDIR=$root/tmp
export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share XDG_CACHE_HOME=$HOME/.cache
mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_CACHE_HOME" "$TMPDIR"
install -d -m 700 "$XDG_RUNTIME_DIR"
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS GTK_THEME
# What the app sets for itself where nothing is set; here as well, so that tests run what ships.
export WEBKIT_DISABLE_DMABUF_RENDERER=1
export GDK_BACKEND=x11 LC_ALL=C.UTF-8 TZ=UTC NO_AT_BRIDGE=0

# Xvfb chooses a free number and writes it once it accepts clients: no fixed numbers, no waiting.
mkfifo "$root/display"
Xvfb -displayfd 3 -screen 0 1600x1100x24 -nolisten tcp 3>"$root/display" >"$DESKTOP_OUT/xvfb.log" 2>&1 &
display=$!
finish() {
  kill "$display" 2>/dev/null || true
  wait "$display" 2>/dev/null || true
  rm -rf "$root" 2>/dev/null || true # the document portal may still be mounted for a moment
}
trap finish EXIT
trap 'exit 130' INT TERM
number=
read -r -t 30 number <"$root/display" || true
if [ -z "$number" ]; then
  echo "Xvfb did not start; its log is $DESKTOP_OUT/xvfb.log" >&2
  exit 1
fi
export DISPLAY=:$number

# What the desktop itself says goes into a log; what the command says goes to the caller.
exec 4>&2 5>&1
dbus-run-session -- "$here/inside.sh" "$@" >"$DESKTOP_OUT/desktop.log" 2>&1
