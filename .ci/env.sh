# Sourced by every script and by the Makefile's recipes: where the tools live, and what they must not inherit.
# shellcheck shell=bash

POSTERN_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# Outside the checkout, so that a fresh clone on the same machine does not compile the tools again.
POSTERN_TOOLS="${POSTERN_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/postern}"
export POSTERN_ROOT POSTERN_TOOLS

# npm's wasm-opt comes first: Debian's binaryen 108 writes modules that validate and then fail in the browser.
# /usr/sbin holds knotd and postfix and is missing from an ordinary user's PATH.
PATH="$POSTERN_ROOT/node_modules/.bin:$POSTERN_TOOLS/bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH:/usr/sbin:/sbin"
export PATH

# The browser of the tests. The headless shell comes first: it asks for no page but the one under test.
POSTERN_BROWSER="$(command -v chromium-headless-shell || command -v chromium || true)"
export POSTERN_BROWSER

# Trunk reads NO_COLOR=1 as "--no-color 1" and stops.
unset NO_COLOR
