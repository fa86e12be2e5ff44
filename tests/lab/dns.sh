# Sourced by lab.sh: the lab's DNS. Knot answers for the whole world, Unbound asks it and validates. All is under $STATE.
# shellcheck shell=bash disable=SC2154

start_dns() {
    write_knot_conf
    make_keys
    make_zones
    knotd --daemonize --config "$STATE/knot/knot.conf" 2>>"$STATE/log/knot.log" \
        || fail "Knot did not start (is port 53 of $AUTHORITY taken?)" "$STATE/log/knot.log"
    write_unbound_conf
    unbound -c "$STATE/unbound/unbound.conf" 2>>"$STATE/log/unbound.log" \
        || fail "Unbound did not start (is port 53 of $DNS taken?)" "$STATE/log/unbound.log"
}

await_dns() {
    local address
    for address in "$DNS" "$AUTHORITY"; do
        await "nothing answers on port 53 of $address" grep -q ": $(kernel_hex "$address"):0035 " /proc/net/udp
    done
    await "Knot has no process id" test -s "$STATE/knot/knot.pid"
    # Until then it answers SERVFAIL, which Unbound would remember.
    await "Knot has not signed its zones" zones_are_signed
    # `status` may be asked by anybody.
    chmod 644 "$STATE/knot/knot.pid"
}

zones_are_signed() {
    local zone
    for zone in $(signed_zones); do
        kdig "@$AUTHORITY" +dnssec +short SOA "${zone%.}." | grep -q '^SOA ' || return 1
    done
}

# The zones that signed.txt names; the root is a dot.
signed_zones() {
    sed -n 's/^\([^#\t]*\)\t.*/\1/p' "$LAB/signed.txt"
}

# Every zone that Knot serves: the lab's, the blocklists, "does not exist" from a root of its own, and those that fail.
served_zones() {
    local file
    for file in "$LAB"/zones/*.zone; do
        basename "$file" .zone | sed 's/^root$/./'
    done
    sed '/^#/d; s/ .*//' "$LAB/blocklists/blocklists.txt"
    failing_zones
}

# Told to serve what it has not got, Knot answers SERVFAIL: that is what these are for.
failing_zones() {
    printf '%s\n' servfail.test _25._tcp.mail.tlsafail.test
}

write_knot_conf() {
    local file zone
    {
        printf 'server:\n    rundir: %s\n    pidfile: %s\n    listen: %s@53\n    udp-workers: 1\n    tcp-workers: 1\n    background-workers: 1\n' \
            "$STATE/knot" "$STATE/knot/knot.pid" "$AUTHORITY"
        printf 'log:\n  - target: %s\n    any: warning\n' "$STATE/log/knot.log"
        printf 'database:\n    storage: %s\n' "$STATE/knot"
        # One key a zone, which stays as it is; NSEC, so that a denial can be read.
        printf 'policy:\n  - id: lab\n    manual: on\n    algorithm: ecdsap256sha256\n    single-type-signing: on\n'
        printf 'template:\n  - id: default\n    storage: %s\n    zonefile-sync: -1\n    journal-content: none\n    semantic-checks: off\n' "$LAB"
        printf 'zone:\n'
        for file in "$LAB"/zones/*.zone; do
            zone=$(basename "$file" .zone)
            [ "$zone" != root ] || zone=.
            printf '  - domain: "%s"\n    file: "%s/knot/zones/%s"\n' "$zone" "$STATE" "$(basename "$file")"
            ! signed_zones | grep -qxF "$zone" || printf '    dnssec-signing: on\n    dnssec-policy: lab\n'
        done
        sed '/^#/d; s|^\([^ ]*\) *\(.*\)|  - domain: "\1"\n    file: "blocklists/\2"|' "$LAB/blocklists/blocklists.txt"
        failing_zones | sed 's|.*|  - domain: "&"\n    file: "zones/nowhere"|'
    } > "$STATE/knot/knot.conf"
}

# A key for each zone that is signed, and one that no zone has.
make_keys() {
    local zone
    for zone in $(signed_zones) nobody; do
        keymgr -c "$STATE/knot/knot.conf" "$zone" generate algorithm=13 ksk=yes zsk=yes >>"$STATE/log/knot.log" 2>&1 \
            || fail "no key for $zone" "$STATE/log/knot.log"
    done
}

# The zones as they are served: as they stand in zones/, with delegations and DS records in the zones above, and
# TLSA records for the certificates that were made.
make_zones() {
    local zone above ds host
    mkdir "$STATE/knot/zones"
    cp "$LAB"/zones/* "$STATE/knot/zones/"
    for zone in $(served_zones | grep -vxF .); do
        case "$zone" in
            *.tlsafail.test) above=tlsafail.test ;;
            *.test) above=test ;;
            *) above=root ;;
        esac
        printf '%s. 60 NS ns.lab.test.\n' "$zone" >> "$STATE/knot/zones/$above.zone"
    done
    while IFS=$'\t' read -r zone ds host; do
        above=root
        [ "${zone%.test}" = "$zone" ] || above=test
        case "$ds" in
            own) delegation "$zone" "$zone" >> "$STATE/knot/zones/$above.zone" ;;
            other) delegation nobody "$zone" >> "$STATE/knot/zones/$above.zone" ;;
            none) ;;
        esac
        [ -z "$host" ] \
            || printf '_25._tcp.%s. 60 TLSA 3 1 1 %s\n' "$host" "$(key_digest "$host")" >> "$STATE/knot/zones/$zone.zone"
    done < <(sed '/^#/d' "$LAB/signed.txt")
}

# delegation KEY ZONE: the DS record of a zone's key, as that of ZONE.
delegation() {
    keymgr -c "$STATE/knot/knot.conf" "$1" ds | sed -n "s/^[^ ]* DS \\([0-9]* 13 2 .*\\)/$2. 60 DS \\1/p"
}

# The SHA-256 of the public key in a server's certificate, as TLSA 3 1 1 has it.
key_digest() {
    openssl x509 -in "$STATE/tls/$1.pem" -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -d ' ' -f 1
}

write_unbound_conf() {
    local name
    keymgr -c "$STATE/knot/knot.conf" . dnskey | sed 's/^[^ ]*/./' > "$STATE/unbound/root.key"
    printf '. 60 NS ns.lab.test.\nns.lab.test. 60 A %s\n' "$AUTHORITY" > "$STATE/unbound/root.hints"
    {
        printf 'server:\n    interface: %s\n    access-control: 127.0.0.0/8 allow\n    do-ip6: no\n    num-threads: 1\n' "$DNS"
        printf '    username: ""\n    chroot: ""\n    directory: "%s"\n    pidfile: "%s"\n' "$STATE/unbound" "$STATE/unbound/unbound.pid"
        printf '    use-syslog: no\n    logfile: "%s"\n    val-log-level: 1\n' "$STATE/log/unbound.log"
        printf '    module-config: "validator iterator"\n    root-hints: "%s"\n    trust-anchor-file: "%s"\n' \
            "$STATE/unbound/root.hints" "$STATE/unbound/root.key"
        printf '    do-not-query-localhost: no\n    trust-anchor-signaling: no\n    qname-minimisation: no\n    edns-buffer-size: 1232\n    max-udp-size: 1232\n'
        # Names that Unbound would answer for by itself.
        for name in test. localhost. invalid. onion. home.arpa. 127.in-addr.arpa.; do
            printf '    local-zone: "%s" nodefault\n' "$name"
        done
        printf 'remote-control:\n    control-enable: no\n'
    } > "$STATE/unbound/unbound.conf"
}
