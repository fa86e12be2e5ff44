#!/usr/bin/env bash
# Runs fuzz targets, one after the other: all, or those named.
# usage: .ci/fuzz.sh SECONDS [TARGET...]
set -euo pipefail
# shellcheck source=env.sh
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"
cd "$POSTERN_ROOT"

main() {
    local seconds=$1 target
    shift
    cargo run --quiet --locked -p postern-tests --example fuzz_corpus -- tests/fuzz/corpus
    [ $# -gt 0 ] || mapfile -t targets < <(basename -s .rs tests/fuzz/fuzz_targets/*.rs)
    for target in "${@:-${targets[@]}}"; do
        fuzz "$target" "$seconds"
    done
}

# fuzz TARGET SECONDS: says how much was tried; stops at the first input that something does not hold for.
fuzz() {
    local target=$1 seconds=$2
    printf 'fuzz: %s for %s s\n' "$target" "$seconds"
    mkdir -p "tests/fuzz/corpus/$target"
    # Our code has nothing unsafe in it, so no sanitizer could find anything: without one it is tried more often.
    cargo +nightly fuzz run --fuzz-dir tests/fuzz --sanitizer none "$target" \
        "tests/fuzz/corpus/$target" "tests/fuzz/seeds/$target" -- \
        -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0
}

main "$@"
