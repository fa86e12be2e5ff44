#!/usr/bin/env bash
# Lab, probe server and page together, without any network, until Ctrl-C. usage: demo.sh PROBE_SERVER_BINARY
set -euo pipefail

LAB="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
LISTEN=${LISTEN:-127.0.0.1:8080}
PROBE_SERVER=${1:?usage: demo.sh PROBE_SERVER_BINARY}

# Within the lab, this script starts itself again: so the lab stops when it ends, however it ends.
if [ -z "${POSTERN_LAB:-}" ]; then
    exec "$LAB/lab.sh" run "${BASH_SOURCE[0]}" "$@"
fi

# The command line is built beside the server, and neither is installed: it is named as it can be typed here.
POSTERN="$(realpath --relative-to=. "$(dirname "$PROBE_SERVER")")/postern"

cat <<END

Postern, on the lab: http://$LISTEN

Domains to type:
$(column -t -s "$(printf '\t')" "$POSTERN_LAB/domains.txt" 2>/dev/null || cat "$POSTERN_LAB/domains.txt")

On the command line:
  $POSTERN scan yazd.test --dns-server $POSTERN_LAB_DNS --allow-private-targets --ca-file $POSTERN_LAB_CA --profile classic

Ctrl-C stops everything.

END
# All lab addresses are loopback addresses, which a public server must never dial.
exec "$PROBE_SERVER" serve --listen "$LISTEN" \
    --dns-server "$POSTERN_LAB_DNS" --allow-private-targets --ca-file "$POSTERN_LAB_CA" --ehlo-name probe.lab.test
