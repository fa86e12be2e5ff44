#!/usr/bin/env bash
# Makes one stylesheet of index.css and what it imports, and lays the Persian font beside it. usage: style/bundle.sh
# A first visit then waits for one file; trunk itself does not follow @import.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
built="$root/app/built"
font="$root/node_modules/@fontsource-variable/vazirmatn"

mkdir -p "$built/fonts"
while IFS= read -r line; do
    if [[ $line =~ ^@import\ url\(\"(.+)\"\)\ layer\((.+)\)\;$ ]]; then
        printf '@layer %s {\n' "${BASH_REMATCH[2]}"
        cat "$root/style/${BASH_REMATCH[1]}"
        printf '}\n'
    else
        printf '%s\n' "$line"
    fi
done <"$root/style/index.css" >"$built/style.css.new"

# Untouched when nothing changed: whoever watches the folder would otherwise build for ever.
keep_or_replace() {
    if cmp -s "$1" "$2"; then rm "$1"; else mv "$1" "$2"; fi
}
keep_or_replace "$built/style.css.new" "$built/style.css"

cp --update "$font/files/vazirmatn-arabic-wght-normal.woff2" "$built/fonts/vazirmatn-arabic.woff2"
cp --update "$font/LICENSE" "$built/fonts/vazirmatn-OFL.txt"
