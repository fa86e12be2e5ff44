#!/usr/bin/env bash
# The lab: real mail and DNS servers on loopback addresses of their own. See README.md beside this file.
# usage: lab.sh start | stop | status | run COMMAND [ARGUMENT...]
set -euo pipefail

LAB="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# One lab to a machine, as it owns fixed addresses; its state is outside every checkout.
STATE=/tmp/postern-lab
LOCKS=/tmp/postern-lab.locks
DNS=127.25.0.53
# Behind it: the servers that the zones are on.
AUTHORITY=127.25.0.54
PATH="$PATH:/usr/sbin:/sbin"
# Where .ci/setup.sh puts what is not installed, as .ci/env.sh has it.
POSTERN_TOOLS="${POSTERN_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/postern}"
EXIM="$POSTERN_TOOLS/exim/usr/sbin/exim4"
# Also makes the certificates.
PEERS_PYTHON="$POSTERN_TOOLS/lab-python/bin/python"
# shellcheck source=servers.sh
source "$LAB/servers.sh"
# shellcheck source=dns.sh
source "$LAB/dns.sh"

main() {
    case "${1:-}" in
        start) start_to_stay ;;
        stop) with_gate as_root "$LAB/lab.sh" stop-servers ;;
        status) status ;;
        run) shift && run "$@" ;;
        # Inside: as root, and only one at a time.
        start-servers) start_servers ;;
        stop-servers) stop_servers ;;
        *) die "usage: lab.sh start | stop | status | run COMMAND [ARGUMENT...]" ;;
    esac
}

# Starts the lab until `stop`.
start_to_stay() {
    with_gate ensure_started
    as_root touch "$STATE/stays"
    cat "$STATE/lab.env" "$STATE/domains.txt"
}

# Runs a command with the lab up and its addresses in the environment. Several may run at once: the last one stops it.
run() {
    [ $# -gt 0 ] || die "usage: lab.sh run COMMAND [ARGUMENT...]"
    make_locks
    exec 9<"$LOCKS/users"
    with_gate join
    trap 'with_gate leave' EXIT
    set -a
    # shellcheck disable=SC1091
    source "$STATE/lab.env"
    set +a
    # What the command leaves behind must not keep the lab in use.
    "$@" 9<&-
}

# Takes part in the running lab. One that was started from other files is stopped first, when nobody uses it.
join() {
    if is_up && ! is_current; then
        say "another version of the lab is running; waiting until nobody uses it"
        flock 9
        as_root "$LAB/lab.sh" stop-servers
    fi
    ensure_started
    flock --shared 9
}

leave() {
    flock --unlock 9
    [ -e "$STATE/stays" ] || ! flock --nonblock 9 || as_root "$LAB/lab.sh" stop-servers
}

ensure_started() {
    if is_up && is_current; then return; fi
    as_root "$LAB/lab.sh" start-servers
}

status() {
    is_up || { say "down"; exit 1; }
    is_current || say "up, from other files than these"
    cat "$STATE/lab.env" "$STATE/domains.txt"
}

start_servers() {
    local program
    for program in postfix knotd keymgr unbound nginx python3 ip "$EXIM" "$PEERS_PYTHON"; do
        command -v "$program" >/dev/null || die "$program is missing: run .ci/setup.sh lab"
    done
    # What a crash left behind.
    stop_servers
    local began=${EPOCHREALTIME/[.,]/}
    mkdir "$STATE" || die "$STATE is in the way"
    chmod 755 "$STATE"
    trap 'stop_servers' ERR
    mkdir "$STATE"/{log,tls,knot,unbound,nginx,postfix,exim}
    fingerprint > "$STATE/fingerprint"
    add_addresses
    prepare_dns &
    make_certificates
    wait $!
    start_mail &
    start_dns
    start_nginx
    wait $!
    await_servers
    trap - ERR
    sed '/^#/d' "$LAB/domains.txt" | cut -f 1,2 > "$STATE/domains.txt"
    # Written last: it says that the lab is up.
    write_environment
    say "up in $(((${EPOCHREALTIME/[.,]/} - began) / 1000)) ms"
}

stop_servers() {
    [ -d "$STATE" ] || return 0
    rm -f "$STATE/lab.env"
    stop_daemons
    remove_addresses
    rm -rf "$STATE"
    say "down"
}

# For tests, as environment variables: where to ask, whom to trust, where the servers' logs are.
write_environment() {
    cat > "$STATE/lab.env.new" <<END
POSTERN_LAB=$STATE
POSTERN_LAB_DNS=$DNS:53
POSTERN_LAB_CA=$STATE/tls/ca.pem
POSTERN_LAB_LOG=$STATE/log
END
    mv "$STATE/lab.env.new" "$STATE/lab.env"
}

is_up() {
    [ -e "$STATE/lab.env" ] && pid_in "$STATE/knot/knot.pid" >/dev/null
}

is_current() {
    [ "$(fingerprint)" = "$(cat "$STATE/fingerprint" 2>/dev/null)" ]
}

# Of every file that decides how the servers behave.
fingerprint() {
    (cd "$LAB" && find . -type f ! -name '*.md' ! -path '*/__pycache__/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum)
}

# Starting and stopping one after the other, whoever asks.
with_gate() {
    make_locks
    exec 8<"$LOCKS/gate"
    flock 8
    "$@"
    exec 8<&-
}

# Made once and never removed: a lock on a removed file locks nothing. Opened for reading only, as two users may share it.
make_locks() {
    [ -e "$LOCKS/users" ] || {
        mkdir -p -m 755 "$LOCKS"
        : > "$LOCKS/gate"
        : > "$LOCKS/users"
    }
}

# Ports 25 and 53 are root's. The daemons get no lock to hold.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@" 8<&- 9<&-
    elif sudo -n true 2>/dev/null; then
        sudo -n env POSTERN_TOOLS="$POSTERN_TOOLS" "$@" 8<&- 9<&-
    else
        die "the lab listens on ports 25 and 53 of 127.25.0.0/24 and needs root: run this as root, or with sudo that asks nothing"
    fi
}

say() {
    printf 'lab: %s\n' "$*" >&2
}

die() {
    say "$@"
    exit 1
}

main "$@"
