# Sourced by lab.sh: the lab's DNS. Knot answers for the whole world, Unbound asks it and validates. All is under $STATE.
# shellcheck shell=bash disable=SC2154

# What takes its time and needs nothing else.
prepare_dns() {
    make_zone_files
    write_knot_conf
    make_keys
    add_delegations
}

start_dns() {
    add_tlsa_records
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
    zone_files | sed 's/^root$/./'
    sed '/^#/d; s/ .*//' "$LAB/blocklists/blocklists.txt"
    failing_zones
}

zone_files() {
    (cd "$STATE/knot/zones" && printf '%s\n' *.zone | sed 's/\.zone$//')
}

# Told to serve what it has not got, Knot answers SERVFAIL: that is what these are for.
failing_zones() {
    printf '%s\n' servfail.test _25._tcp.mail.tlsafail.test
}

write_knot_conf() {
    local file zone signed
    signed=$(signed_zones)
    {
        printf 'server:\n    rundir: %s\n    pidfile: %s\n    listen: %s@53\n    udp-workers: 1\n    tcp-workers: 1\n    background-workers: 1\n' \
            "$STATE/knot" "$STATE/knot/knot.pid" "$AUTHORITY"
        printf 'log:\n  - target: %s\n    any: warning\n' "$STATE/log/knot.log"
        printf 'database:\n    storage: %s\n' "$STATE/knot"
        # One key a zone, which stays as it is; NSEC, so that a denial can be read.
        printf 'policy:\n  - id: lab\n    manual: on\n    algorithm: ecdsap256sha256\n    single-type-signing: on\n'
        printf 'template:\n  - id: default\n    storage: %s\n    zonefile-sync: -1\n    journal-content: none\n    semantic-checks: off\n' "$LAB"
        printf 'zone:\n'
        for file in $(zone_files); do
            zone=${file/#root/.}
            printf '  - domain: "%s"\n    file: "%s/knot/zones/%s.zone"\n' "$zone" "$STATE" "$file"
            [[ $'\n'$signed$'\n' != *$'\n'$zone$'\n'* ]] || printf '    dnssec-signing: on\n    dnssec-policy: lab\n'
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

# Into each zone, name servers and DS records of those below it.
add_delegations() {
    local zones="$STATE/knot/zones" zone above ds
    for zone in $(served_zones | grep -vxF .); do
        case "$zone" in
            *.tlsafail.test) above=tlsafail.test ;;
            *.test) above=test ;;
            *) above=root ;;
        esac
        printf '%s. 60 NS ns.lab.test.\n' "$zone" >> "$zones/$above.zone"
    done
    while IFS=$'\t' read -r zone ds; do
        above=root
        [ "${zone%.test}" = "$zone" ] || above=test
        case "$ds" in
            own) delegation "$zone" "$zone" >> "$zones/$above.zone" ;;
            other) delegation nobody "$zone" >> "$zones/$above.zone" ;;
            none) ;;
        esac
    done < <(sed '/^#/d' "$LAB/signed.txt")
}

# The zones that exist as files, before anything is added: those in zones/, and those of domains with addresses.
make_zone_files() {
    local zones="$STATE/knot/zones" host address zone
    mkdir "$zones"
    cp "$LAB"/zones/* "$zones/"
    while IFS=$'\t' read -r host address; do
        zone=${host#mail.}
        [ -e "$zones/$zone.zone" ] || make_zone "$zone" > "$zones/$zone.zone"
        case "$address" in
            *:*)
                printf 'mail AAAA %s\n' "$address" >> "$zones/$zone.zone"
                printf '%s PTR %s.\n' "$(reverse_digits "$address")" "$host" >> "$zones/5.2.d.f.ip6.arpa.zone"
                ;;
            *)
                printf 'mail A %s\n' "$address" >> "$zones/$zone.zone"
                printf '%s PTR %s.\n' "$(reverse_octets "$address")" "$host" >> "$zones/127.in-addr.arpa.zone"
                ;;
        esac
    done < <(hosts)
}

# A domain as it should be but for its mail server.
make_zone() {
    # shellcheck disable=SC2016
    printf '$TTL 60\n$INCLUDE common.inc\n@ MX 10 mail\n@ TXT "v=spf1 mx -all"\n_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@%s"\n' "$1"
}

# 127.25.1.11 is 11.1.25 in its reverse zone.
reverse_octets() {
    local -a octets
    IFS=. read -ra octets <<<"$1"
    printf '%s.%s.%s\n' "${octets[3]}" "${octets[2]}" "${octets[1]}"
}

# fd25::31 is 1.3 and 26 zeros in its reverse zone.
reverse_digits() {
    local name
    name=$(printf '%028x' "0x${1#fd25::}" | rev | sed 's/./&./g')
    printf '%s\n' "${name%.}"
}

# For the certificates that were made.
add_tlsa_records() {
    local host record
    while IFS=$'\t' read -r host record; do
        printf '_25._tcp.%s. 60 TLSA %s\n' "$host" "$record" >> "$STATE/knot/zones/${host#mail.}.zone"
    done < "$STATE/tls/tlsa"
}

# delegation KEY ZONE: the DS record of a zone's key, as that of ZONE.
delegation() {
    keymgr -c "$STATE/knot/knot.conf" "$1" ds | sed -n "s/^[^ ]* DS \\([0-9]* 13 2 .*\\)/$2. 60 DS \\1/p"
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
        for name in test. localhost. invalid. onion. home.arpa. 127.in-addr.arpa. d.f.ip6.arpa.; do
            printf '    local-zone: "%s" nodefault\n' "$name"
        done
        printf 'remote-control:\n    control-enable: no\n'
    } > "$STATE/unbound/unbound.conf"
}
