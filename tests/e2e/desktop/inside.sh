#!/usr/bin/env bash
# The inside of the private desktop; run.sh starts it on a fresh session bus.
set -euo pipefail

# Without this no toolkit builds an accessibility tree.
if ! gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus \
  --method org.freedesktop.DBus.Properties.Set org.a11y.Status IsEnabled '<true>' \
  >"$DESKTOP_OUT/accessibility.log" 2>&1 4>&- 5>&-; then
  echo "the accessibility bus cannot be switched on; see $DESKTOP_OUT/accessibility.log" >&4
  exit 1
fi

# A window that never answers must not hold up a build for ever.
exec timeout --foreground --kill-after=10 "${DESKTOP_SECONDS:-1800}" "$@" >&5 2>&4 4>&- 5>&-
