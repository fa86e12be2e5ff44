#!/usr/bin/env bash
# Writes a .br and a .gz beside each text and WASM file of a built page. usage: .ci/precompress.sh DIST
set -euo pipefail

dist=${1:?usage: .ci/precompress.sh DIST}
# Fonts and pictures are compressed already.
find "$dist" -type f \
    \( -name '*.html' -o -name '*.css' -o -name '*.js' -o -name '*.wasm' -o -name '*.svg' -o -name '*.json' -o -name '*.txt' \) \
    -exec brotli --force --keep --quality=11 --lgwin=24 {} + \
    -exec gzip --force --keep --best --no-name {} +
