#!/usr/bin/env bash
# Prints what a first visit loads in each language, compressed, and fails over the limit. usage: .ci/first-load.sh DIST
set -euo pipefail

LIMIT=$((340 * 1000)) # octets of brotli: HTML, CSS, JavaScript and WASM together
dist=${1:?usage: .ci/first-load.sh DIST}
[ -f "$dist/index.html" ] || { printf 'no page in %s\n' "$dist" >&2; exit 1; }

main() {
    local language total worst=0
    for language in en fa; do
        printf '\nfirst load, %s, octets       plain     brotli       gzip\n' "$language"
        total=0
        add html -name '*.html'
        add css -name '*.css'
        add js -name '*.js'
        add wasm -name 'postern-app-*.wasm'
        # boot.js has these fetched; the other parts come when they are needed.
        for part in $(parts "$language"); do add "$part" -name "$part"; done
        printf '  %-36s %20d   (limit %d)\n' sum "$total" "$LIMIT"
        [ "$total" -le "$worst" ] || worst=$total
    done
    printf '\nwhen needed, brotli:\n'
    find "$dist" -type f -name '*.wasm' ! -name 'postern-app-*' -printf '%f\n' | sort | while IFS= read -r part; do
        [[ " $(parts en) $(parts fa) " == *" $part "* ]] || printf '  %s %s\n' "$part" "$(stat -c %s "$dist/$part.br")"
    done
    # A browser takes a font only when it meets a letter that needs it, and paints before it arrives.
    find "$dist" -type f -name '*.woff2' -printf '  %f %s\n' | sort
    printf '\n'
    if [ "$worst" -gt "$LIMIT" ]; then
        printf 'the first load is over its limit: %d > %d octets\n' "$worst" "$LIMIT" >&2
        exit 1
    fi
}

# parts LANGUAGE: the files that hold its words, as index.html tells boot.js.
parts() {
    local found
    found=$(grep -o "data-$1=\"[^\"]*\"" "$dist/index.html") || {
        printf 'index.html does not say where the words of %s are\n' "$1" >&2
        exit 1
    }
    found=${found#*\"}
    printf '%s' "${found%\"}"
}

# add NAME FIND-EXPRESSION...: prints a line, and adds to the total.
add() {
    local name=$1 plain=0 brotli=0 gzip=0 file
    shift
    while IFS= read -r file; do
        plain=$((plain + $(stat -c %s "$file")))
        brotli=$((brotli + $(stat -c %s "$file.br")))
        gzip=$((gzip + $(stat -c %s "$file.gz")))
    done < <(find "$dist" -type f "$@")
    printf '  %-36s %8d %10d %10d\n' "$name" "$plain" "$brotli" "$gzip"
    total=$((total + brotli))
}

main
