#!/usr/bin/env bash
# Prints what a first visit loads, compressed, and fails over the limit. usage: .ci/first-load.sh DIST
set -euo pipefail

LIMIT=$((300 * 1000)) # octets of brotli: HTML, CSS, JavaScript and WASM together
dist=${1:?usage: .ci/first-load.sh DIST}
[ -f "$dist/index.html" ] || { printf 'no page in %s\n' "$dist" >&2; exit 1; }

total=0
printf '\nfirst load, octets       plain     brotli       gzip\n'
for kind in html css js wasm; do
    plain=0 brotli=0 gzip=0
    while IFS= read -r file; do
        plain=$((plain + $(stat -c %s "$file")))
        brotli=$((brotli + $(stat -c %s "$file.br")))
        gzip=$((gzip + $(stat -c %s "$file.gz")))
    done < <(find "$dist" -type f -name "*.$kind")
    printf '  %-15s %12d %10d %10d\n' "$kind" "$plain" "$brotli" "$gzip"
    total=$((total + brotli))
done
printf '  %-15s %12s %10d   (limit %d)\n' sum '' "$total" "$LIMIT"
# A browser takes a font only when it meets a letter that needs it, and paints before it arrives.
find "$dist" -type f -name '*.woff2' -printf 'font, when needed: %f %s\n' | sort
printf '\n'

if [ "$total" -gt "$LIMIT" ]; then
    printf 'the first load is over its limit: %d > %d octets\n' "$total" "$LIMIT" >&2
    exit 1
fi
