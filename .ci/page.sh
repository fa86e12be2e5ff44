#!/usr/bin/env bash
# Builds the page for release, into app/dist. usage: .ci/page.sh
#
# Nobody reads a panic of the page, and each has a text and a place: the standard library is built anew without them, and
# for size (20 kB of a first visit). That is what RUSTC_BOOTSTRAP allows a stable compiler to do, here and nowhere else.
# The linker leaves its relocations, which app/finish.mjs splits the module by.
set -euo pipefail
# shellcheck source=env.sh
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$POSTERN_ROOT"

export RUSTC_BOOTSTRAP=1
export CARGO_UNSTABLE_BUILD_STD=std,panic_abort
export CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
# These take the place of those in .cargo/config.toml. Without inlining the same code stands once.
export RUSTFLAGS="--cfg erase_components -Clink-args=--emit-relocs -Cllvm-args=-inline-threshold=0 \
-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none"

# Trunk builds offline: what it needs is fetched before.
cargo fetch --locked --target wasm32-unknown-unknown
trunk build --release --skip-version-check
# Compressed once, with patience, so that the server never compresses on a request.
.ci/precompress.sh app/dist
