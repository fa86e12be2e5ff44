# Sourced by lab.sh: how each server of the lab is started and stopped. All they write is under $STATE.
# shellcheck shell=bash disable=SC2154

# A certificate authority of an hour's work, and one certificate a server; EC keys, as they are made at once.
make_certificates() {
    local tls="$STATE/tls" name
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=Postern lab CA' \
        -config "$LAB/openssl.cnf" -extensions authority -keyout "$tls/ca.key" -out "$tls/ca.pem" 2>/dev/null
    # Each server of master.cf and of nginx.conf that names a chain file gets one.
    sed -n 's|.*@STATE@/tls/\(.*\)\.pem;\{0,1\}$|\1|p' "$LAB/postfix/master.cf" "$LAB/nginx.conf" | sort -u | while read -r name; do
        openssl req -x509 -CA "$tls/ca.pem" -CAkey "$tls/ca.key" -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
            -days 20 -subj "/CN=$name" -config "$LAB/openssl.cnf" -extensions server \
            -addext "subjectAltName=DNS:$name" -keyout "$tls/$name.key" -out "$tls/$name.crt" 2>/dev/null
        # Postfix wants the key before its certificate.
        cat "$tls/$name.key" "$tls/$name.crt" > "$tls/$name.pem"
        rm "$tls/$name.key" "$tls/$name.crt"
    done
    chmod 600 "$tls"/*
    chmod 644 "$tls/ca.pem"
}

# Knot answers for the whole world: the lab's zones, the blocklists, and "does not exist" from a root of its own.
start_knot() {
    local file zone
    {
        printf 'server:\n    rundir: %s\n    pidfile: %s\n    listen: %s@53\n    udp-workers: 1\n    tcp-workers: 1\n    background-workers: 1\n' \
            "$STATE/knot" "$STATE/knot/knot.pid" "$DNS"
        printf 'log:\n  - target: %s\n    any: warning\n' "$STATE/log/knot.log"
        printf 'database:\n    storage: %s\n' "$STATE/knot"
        printf 'template:\n  - id: default\n    storage: %s\n    zonefile-sync: -1\n    journal-content: none\n    semantic-checks: off\n' "$LAB"
        printf 'zone:\n'
        for file in "$LAB"/zones/*.zone; do
            zone=$(basename "$file" .zone)
            [ "$zone" != root ] || zone=.
            printf '  - domain: "%s"\n    file: "%s"\n' "$zone" "$file"
        done
        sed '/^#/d; s|^\([^ ]*\) *\(.*\)|  - domain: "\1"\n    file: "blocklists/\2"|' "$LAB/blocklists/blocklists.txt"
        # Told to serve what it has not got, Knot answers SERVFAIL: that is what this domain is for.
        printf '  - domain: "servfail.test"\n    file: "zones/nowhere"\n'
    } > "$STATE/knot/knot.conf"
    knotd --daemonize --config "$STATE/knot/knot.conf" 2>>"$STATE/log/knot.log" \
        || fail "Knot did not start (is port 53 of $DNS taken?)" "$STATE/log/knot.log"
}

# The hosts of MTA-STS policies.
start_nginx() {
    sed "s|@STATE@|$STATE|g" "$LAB/nginx.conf" > "$STATE/nginx/nginx.conf"
    nginx -c "$STATE/nginx/nginx.conf" 2>>"$STATE/log/nginx.log" \
        || fail "nginx did not start (is port 443 of its address taken?)" "$STATE/log/nginx.log"
}

# The servers that misbehave in ways that no packaged server can be told to.
start_peers() {
    setsid python3 -B "$LAB/peers.py" "$STATE/log" >>"$STATE/log/peers.log" 2>&1 </dev/null &
    echo $! > "$STATE/peers.pid"
}

# One master for all of them, however many there are.
start_postfix() {
    local config="$STATE/postfix/config" file
    mkdir "$config" "$config/sasl" "$STATE/postfix/queue" "$STATE/postfix/data"
    chown postfix "$STATE/postfix/data"
    for file in main.cf master.cf; do
        sed "s|@STATE@|$STATE|g" "$LAB/postfix/$file" > "$config/$file"
        # Postfix takes a file that is seconds old for one still being written, and waits.
        touch -d '1 minute ago' "$config/$file"
    done
    printf 'pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: %s/none\nmech_list: LOGIN PLAIN\n' "$config" \
        > "$config/sasl/smtpd.conf"
    postfix -c "$config" start >>"$STATE/log/postfix-start.log" 2>&1 \
        || fail "Postfix did not start (is port 25 taken on all addresses?)" "$STATE/log/postfix-start.log" "$STATE/log/maillog"
}

# Until all answer. Read from the kernel's tables: knocking would stand in the servers' logs as a connection.
await_servers() {
    local address
    await "nothing answers on port 53 of $DNS" grep -q ": $(kernel_hex $DNS):0035 " /proc/net/udp
    await "Knot has no process id" test -s "$STATE/knot/knot.pid"
    # `status` may be asked by anybody.
    chmod 644 "$STATE/knot/knot.pid"
    for address in $(sed -n 's/^ *listen \(127[0-9.]*\):443 .*/\1/p' "$LAB/nginx.conf" | sort -u); do
        await "nothing listens on port 443 of $address" grep -q " $(kernel_hex "$address"):01BB 00000000:0000 0A " /proc/net/tcp
    done
    for address in $(sed -n 's/^\(127[0-9.]*\):25 .*/\1/p' "$LAB/postfix/master.cf") $(python3 -B "$LAB/peers.py" --addresses); do
        await "nothing listens on port 25 of $address" grep -q " $(kernel_hex "$address"):0019 00000000:0000 0A " /proc/net/tcp
    done
}

# As /proc/net writes it: 127.25.0.11 is 0B00197F.
kernel_hex() {
    # shellcheck disable=SC2046
    printf '%02X' $(tr . '\n' <<<"$1" | tac)
}

# await COMPLAINT COMMAND...: ten seconds for a command to succeed.
await() {
    local tries=0
    until "${@:2}"; do
        tries=$((tries + 1))
        [ $tries -lt 500 ] || fail "$1" "$STATE"/log/*log
        sleep 0.02
    done
}

# All are told before any is waited for. Postfix children end with their master, in the midst of a dialogue too.
stop_daemons() {
    local file pid
    local -a pids=()
    for file in postfix/queue/pid/master.pid knot/knot.pid nginx/nginx.pid peers.pid; do
        pid=$(pid_in "$STATE/$file") || continue
        kill -TERM "$pid" 2>/dev/null || continue
        pids+=("$pid")
    done
    for pid in "${pids[@]}"; do await_end "$pid"; done
}

# Five seconds to end in peace, then the other way. A zombie has ended: only its parent has not looked yet.
await_end() {
    local tries=0
    while grep -q '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$1/status" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 250 ] || { kill -KILL "$1" 2>/dev/null || true; return 0; }
        sleep 0.02
    done
}

# Prints the process id in a file, if that process is one of ours: the id may have been given to another since.
# Knot and the peers have our state folder among their arguments, Postfix works in it.
pid_in() {
    local pid
    pid=$(tr -d '[:space:]' 2>/dev/null < "$1") && [ -n "$pid" ] || return 1
    { tr '\0' ' ' < "/proc/$pid/cmdline"; readlink "/proc/$pid/cwd"; } 2>/dev/null | grep -qF "$STATE" || return 1
    printf '%s\n' "$pid"
}

# fail TEXT LOG...: shows the ends of the logs and gives up.
fail() {
    say "$1"
    shift
    tail -n 20 "$@" >&2 2>/dev/null || true
    stop_servers
    exit 1
}
