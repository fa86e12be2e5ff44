# Sourced by lab.sh: how the mail servers are started, and how all servers are stopped. All they write is under $STATE.
# shellcheck shell=bash disable=SC2154

# The mail servers of domains.txt that have an address there: name, tab, address, a line for each address.
hosts() {
    awk -F '\t' '!/^#/ && NF > 2 { n = split($3, addresses, " "); for (i = 1; i <= n; i++) print "mail." $1 "\t" addresses[i] }' \
        "$LAB/domains.txt"
}

# hosts_at PREFIX: those whose address begins so.
hosts_at() {
    hosts | awk -F '\t' -v prefix="$1." 'index($2, prefix) == 1'
}

# Linux owns all of 127/8 by itself; of IPv6 each address has to be told it.
add_addresses() {
    local address
    hosts | cut -f 2 | grep : | sort -u > "$STATE/addresses"
    while read -r address; do
        ip -6 address add "$address/128" dev lo nodad 2>>"$STATE/log/ip.log" || fail "no address $address" "$STATE/log/ip.log"
    done < "$STATE/addresses"
}

remove_addresses() {
    local address
    [ -e "$STATE/addresses" ] || return 0
    while read -r address; do
        ip -6 address delete "$address/128" dev lo 2>/dev/null || true
    done < "$STATE/addresses"
}

make_certificates() {
    # shellcheck disable=SC2046
    "$PEERS_PYTHON" -B "$LAB/certificates.py" "$STATE/tls" "$LAB/tlsa.txt" $(chain_names) \
        2>"$STATE/log/certificates.log" || fail "the certificates were not made" "$STATE/log/certificates.log"
}

# Each chain that a server's configuration names.
chain_names() {
    {
        grep -ohE '[a-z0-9.-]+\.test(\.rsa)?\.pem' "$LAB/nginx.conf" "$LAB"/postfix/*.cf "$LAB/tls_peers.py"
        hosts_at 127.25.2 | cut -f 1
        (cd "$LAB/exim" && printf '%s\n' mail.*.conf | sed 's/\.conf$/.rsa/')
    } | sed 's/\.pem$//' | sort -u
}

# The hosts of MTA-STS policies.
start_nginx() {
    sed "s|@STATE@|$STATE|g" "$LAB/nginx.conf" > "$STATE/nginx/nginx.conf"
    nginx -c "$STATE/nginx/nginx.conf" 2>>"$STATE/log/nginx.log" \
        || fail "nginx did not start (is port 443 of its address taken?)" "$STATE/log/nginx.log"
}

start_mail() {
    start_peers
    start_exim
    start_postfix
}

# The servers that misbehave in ways that no packaged server can be told to.
start_peers() {
    setsid python3 -B "$LAB/peers.py" "$STATE/log" >>"$STATE/log/peers.log" 2>&1 </dev/null &
    echo $! > "$STATE/peers.pid"
    setsid "$PEERS_PYTHON" -B "$LAB/tls_peers.py" "$STATE/log" "$STATE/tls" >>"$STATE/log/tls_peers.log" 2>&1 </dev/null &
    echo $! > "$STATE/tls_peers.pid"
}

# One master for all of them, however many there are.
start_postfix() {
    local config="$STATE/postfix/config" host address
    mkdir "$config" "$config/sasl" "$STATE/postfix/queue" "$STATE/postfix/data"
    chown postfix "$STATE/postfix/data"
    cp "$LAB/postfix/dh1024.pem" "$LAB/postfix/openssl.cnf" "$config/"
    sed "s|@STATE@|$STATE|g; s|@DOMAINS@|$(hosts | sed 's/^mail\.//; s/\t.*//' | sort -u | paste -sd ,)|" "$LAB/postfix/main.cf" > "$config/main.cf"
    {
        cat "$LAB/postfix/transport.cf"
        while IFS=$'\t' read -r host address; do
            sed "/^#/d; s|@HOST@|$host|g; s|@ADDRESS@|$address|g" "$LAB/postfix/certificate.cf"
        done < <(hosts_at 127.25.2)
        cat "$LAB/postfix/master.cf"
    } | sed "s|@STATE@|$STATE|g" > "$config/master.cf"
    # Postfix takes a file that is seconds old for one still being written, and waits.
    touch -d '1 minute ago' "$config"/*.cf
    printf 'pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: %s/none\nmech_list: LOGIN PLAIN\n' "$config" \
        > "$config/sasl/smtpd.conf"
    postfix -c "$config" start >>"$STATE/log/postfix-start.log" 2>&1 \
        || fail "Postfix did not start (is port 25 taken on all addresses?)" "$STATE/log/postfix-start.log" "$STATE/log/maillog"
}

# Exim is unpacked, not installed, as its package and Postfix's exclude each other; so the user that it was built for
# need not exist, and is told to it by a library that stands in for /etc/passwd. One process per server.
start_exim() {
    local file host address users="$STATE/exim"
    printf 'root:x:0:0::/:/bin/sh\nDebian-exim:x:65534:65534::/:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n' > "$users/passwd"
    printf 'root:x:0:\nDebian-exim:x:65534:\nnogroup:x:65534:\n' > "$users/group"
    for file in "$LAB"/exim/mail.*.conf; do
        host=$(basename "$file" .conf)
        address=$(hosts | sed -n "s/^$host\t//p")
        mkdir "$users/$address"
        cp "$STATE/tls/$host.rsa.pem" "$users/$address/chain.pem"
        chown -R nobody:nogroup "$users/$address"
        cat "$file" "$LAB/exim/common.conf" \
            | sed "s|@STATE@|$STATE|g; s|@HOST@|$host|g; s|@DOMAIN@|${host#mail.}|g; s|@ADDRESS@|$address|g" > "$users/$host.conf"
        LD_PRELOAD=$(echo "$POSTERN_TOOLS"/exim/usr/lib/*/libnss_wrapper.so) \
            NSS_WRAPPER_PASSWD="$users/passwd" NSS_WRAPPER_GROUP="$users/group" \
            "$EXIM" -C "$users/$host.conf" -bd >>"$STATE/log/exim.log" 2>&1 \
            || fail "Exim did not start (is port 25 of $address taken?)" "$STATE/log/exim.log"
    done
}

# Until all answer. Read from the kernel's tables: knocking would stand in the servers' logs as a connection.
await_servers() {
    local address port
    await_dns
    while read -r address port; do
        await "nothing listens on port $port of $address" \
            grep -qi " $(kernel_hex "$address"):$(printf '%04X' "$port") 0*:0000 0A " /proc/net/tcp /proc/net/tcp6
    done < <(listeners)
}

# Where something has to listen: an address and a port a line.
listeners() {
    sed -n 's/^ *listen \(127[0-9.]*\):\(443\) .*/\1 \2/p' "$LAB/nginx.conf" | sort -u
    sed -n 's/^\[\{0,1\}\([0-9a-f.:]*[0-9a-f]\)\]\{0,1\}:\([0-9]*\) inet .*/\1 \2/p' "$STATE/postfix/config/master.cf"
    { python3 -B "$LAB/peers.py" --addresses | tr ' ' '\n'; hosts_at 127.25.3 | cut -f 2; hosts | grep '^mail.exim' | cut -f 2; } \
        | sed 's/$/ 25/'
}

# As /proc/net writes it: 127.25.0.11 is 0B00197F, and of IPv6 each four octets are turned round like that.
kernel_hex() {
    local -a octets
    case "$1" in
        fd25::*) printf '000025FD0000000000000000%s0000' "$(printf '%04X' "0x${1#fd25::}" | sed 's/\(..\)\(..\)/\2\1/')" ;;
        *)
            IFS=. read -ra octets <<<"$1"
            printf '%02X%02X%02X%02X' "${octets[3]}" "${octets[2]}" "${octets[1]}" "${octets[0]}"
            ;;
    esac
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
    for file in "$STATE"/{postfix/queue/pid/master,nginx/nginx,unbound/unbound,knot/knot,peers,tls_peers}.pid "$STATE"/exim/*/exim.pid; do
        pid=$(pid_in "$file") || continue
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
# All but Postfix have our state folder among their arguments; Postfix works in it.
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
