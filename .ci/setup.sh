#!/usr/bin/env bash
# Installs what building, testing and the lab need: by package name, said aloud, skipped when present.
# usage: .ci/setup.sh wasm|browser|lab|anchors|fuzz|all
set -euo pipefail
# shellcheck source=env.sh
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

WASM_BINDGEN_VERSION=0.2.129
TRUNK_VERSION=0.21.14
WASM_SPLIT_VERSION=0.2.4
CARGO_FUZZ_VERSION=0.13.2
# For the lab's certificates and scripted peers: OpenSSL 3.5 is in `cryptography`.
LAB_PYTHON=(tlslite-ng==0.8.2 pyOpenSSL==26.2.0 cryptography==46.0.7 ecdsa==0.19.2)
# What Exim's package depends on, but for what it would put in Postfix's place.
EXIM_LIBRARIES=(libdb5.3 libgnutls-dane0 libidn12 libidn2-0 libnsl2 libpcre2-8-0)
SSLYZE=(sslyze==6.3.1 nassl==5.4.0 cryptography==46.0.7)

main() {
    case "${1:-}" in
        wasm) setup_wasm ;;
        browser) setup_browser ;;
        lab) setup_lab ;;
        anchors) setup_anchors ;;
        fuzz) setup_fuzz ;;
        all) setup_wasm && setup_browser && setup_lab && setup_anchors ;;
        *) die "usage: .ci/setup.sh wasm|browser|lab|anchors|fuzz|all" ;;
    esac
}

# Everything that turns the sources into a page: target, trunk, wasm-bindgen, wasm-opt, the font, brotli.
setup_wasm() {
    need_rust
    need_rust_target wasm32-unknown-unknown
    # The page's own copy of the standard library is made for size.
    need_rust_component rust-src
    command -v brotli >/dev/null || need_packages brotli
    need_node_modules
    # Without link-time optimization wasm-bindgen builds in a third of the time and runs fast enough.
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
        need_cargo_tool wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN_VERSION"
    # Trunk only starts other programs: a debug build serves, and takes half the time to make.
    CARGO_PROFILE_DEV_DEBUG=0 \
        need_cargo_tool trunk trunk "$TRUNK_VERSION" --debug --no-default-features
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
        need_cargo_tool wasm-split-cli wasm_split_cli_support "$WASM_SPLIT_VERSION" --features build-binary
    # Only now: an interrupted set-up then goes on where it stopped.
    rm -rf "$POSTERN_TOOLS/build"
}

# A Chromium without a window, and its driver, for the browser tests.
setup_browser() {
    have_browser && return
    # The headless shell asks for no page but the one under test; full Chromium calls home. Not every release has it.
    local browser=chromium-headless-shell
    refresh_package_lists
    is_offered $browser || browser=chromium
    need_packages $browser chromium-driver
}

# The servers the lab starts. None of them is left running by the installation.
setup_lab() {
    local -a missing=()
    command -v postfix >/dev/null || missing+=(postfix)
    command -v knotd >/dev/null || missing+=(knot)
    command -v unbound >/dev/null || missing+=(unbound)
    command -v kdig >/dev/null || missing+=(knot-dnsutils)
    command -v nginx >/dev/null || missing+=(nginx-light)
    command -v python3 >/dev/null || missing+=(python3)
    command -v openssl >/dev/null || missing+=(openssl)
    # The AUTH mechanisms LOGIN and PLAIN that one of the lab's servers announces.
    has_sasl_plain || missing+=(libsasl2-modules)
    command -v ip >/dev/null || missing+=(iproute2)
    can_make_environments || missing+=(python3-venv)
    [ ${#missing[@]} -eq 0 ] || with_daemons_held need_packages "${missing[@]}"
    need_unpacked exim usr/sbin/exim4 exim4-daemon-light libnss-wrapper
    ! ldd "$POSTERN_TOOLS/exim/usr/sbin/exim4" | grep -q 'not found' || need_packages "${EXIM_LIBRARIES[@]}"
    need_python lab-python "${LAB_PYTHON[@]}"
}

# What our findings are held against.
setup_anchors() {
    local -a missing=()
    command -v testssl >/dev/null || missing+=(testssl.sh)
    command -v nmap >/dev/null || missing+=(nmap)
    command -v sslscan >/dev/null || missing+=(sslscan)
    can_make_environments || missing+=(python3-venv)
    [ ${#missing[@]} -eq 0 ] || need_packages "${missing[@]}"
    need_python sslyze "${SSLYZE[@]}"
}

# A nightly compiler, which alone can instrument, and what drives it. `all` leaves it out: no test needs it.
setup_fuzz() {
    need_rust
    command -v c++ >/dev/null || need_packages g++
    if ! rustup toolchain list | grep -q '^nightly'; then
        say "installing the Rust toolchain nightly"
        rustup toolchain install nightly --profile minimal
    fi
    CARGO_PROFILE_RELEASE_LTO=off need_cargo_tool cargo-fuzz cargo-fuzz "$CARGO_FUZZ_VERSION"
    rm -rf "$POSTERN_TOOLS/build"
}

need_rust() {
    command -v cargo >/dev/null && command -v rustup >/dev/null \
        || die "rustup and cargo are needed and not on PATH: install rustup first (https://rustup.rs)"
}

need_rust_target() {
    rustup target list --installed | grep -qx "$1" && return
    say "adding the Rust target $1"
    rustup target add "$1"
}

need_rust_component() {
    rustup component list --installed | grep -qx "$1" && return
    say "adding the Rust component $1"
    rustup component add "$1"
}

need_node_modules() {
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        need_packages nodejs npm
    fi
    local stamp="$POSTERN_ROOT/node_modules/.postern-lock"
    cmp -s "$POSTERN_ROOT/package-lock.json" "$stamp" && return
    say "installing wasm-opt, a minifier, the font and the accessibility checker (npm ci)"
    # No package's own script runs: none is needed, and some fetch from elsewhere.
    (cd "$POSTERN_ROOT" && npm ci --ignore-scripts)
    cp "$POSTERN_ROOT/package-lock.json" "$stamp"
}

# need_cargo_tool BINARY CRATE VERSION [CARGO-OPTION...]
need_cargo_tool() {
    local binary=$1 crate=$2 version=$3
    shift 3
    local program="$POSTERN_TOOLS/bin/$binary"
    # Cargo keeps a list of what it installed there.
    if [ -x "$program" ] && grep -qs "^\"$crate $version " "$POSTERN_TOOLS/.crates.toml"; then
        return
    fi
    say "building $crate $version into $POSTERN_TOOLS (once; about three minutes)"
    CARGO_TARGET_DIR="$POSTERN_TOOLS/build" RUSTFLAGS='' \
        cargo install --locked --force --root "$POSTERN_TOOLS" "$crate" --version "$version" "$@"
}

# need_unpacked FOLDER PROGRAM PACKAGE...: Debian packages that cannot be installed beside others, unpacked into a folder of
# $POSTERN_TOOLS, with nothing of theirs run.
need_unpacked() {
    local folder="$POSTERN_TOOLS/$1" program=$2 package
    [ ! -x "$folder/$program" ] || return 0
    shift 2
    say "unpacking $* into $folder (apt-get download)"
    refresh_package_lists
    rm -rf "$folder" "$folder.new"
    mkdir -p "$folder.new/packages"
    # What is downloaded as root is so without a sandbox, which apt-get says each time.
    (cd "$folder.new/packages" && apt-get download -q -o APT::Sandbox::User=root "$@") \
        || die "could not download: $*"
    for package in "$folder.new"/packages/*.deb; do
        dpkg -x "$package" "$folder.new"
    done
    rm -r "$folder.new/packages"
    mv "$folder.new" "$folder"
}

# need_python FOLDER REQUIREMENT...: a virtual environment in $POSTERN_TOOLS with exactly these.
need_python() {
    local folder="$POSTERN_TOOLS/$1"
    shift
    ! cmp -s "$folder/postern-requirements" <(printf '%s\n' "$@") || return 0
    say "installing $* into $folder (pip)"
    rm -rf "$folder"
    mkdir -p "$POSTERN_TOOLS"
    python3 -m venv "$folder"
    "$folder/bin/pip" install -q --disable-pip-version-check "$@"
    printf '%s\n' "$@" > "$folder/postern-requirements"
}

can_make_environments() {
    python3 -c 'import ensurepip, venv' 2>/dev/null
}

have_browser() {
    command -v chromedriver >/dev/null || return 1
    command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null
}

has_sasl_plain() {
    compgen -G '/usr/lib/*/sasl2/libplain.so*' >/dev/null
}

is_offered() {
    apt-cache show "$1" >/dev/null 2>&1
}

# need_packages PACKAGE...: installs Debian packages, or says the line to type when it may not.
need_packages() {
    local line="apt-get install -y --no-install-recommends $*"
    command -v apt-get >/dev/null \
        || die "missing: $*. This is not a Debian-like system; install them by its own means and run this again."
    may_be_root || die "missing: $*. Installing needs root. Run this once, then try again:
    sudo apt-get update && sudo $line"
    say "installing $* (apt-get)"
    refresh_package_lists
    # Postfix must not take over this machine's mail: it gets no configuration, and displaces no other mail server.
    printf 'postfix postfix/main_mailer_type select No configuration\n' | as_root debconf-set-selections
    # shellcheck disable=SC2086
    apt-get-as-root ${line#apt-get } -q --no-remove \
        || die "could not install: $*. If another mail server is in Postfix's way, run the lab on another machine."
}

# Once a run at most: a fresh container has no lists at all, and stale lists name packages that are gone.
refresh_package_lists() {
    [ -z "${LISTS_REFRESHED:-}" ] || return 0
    LISTS_REFRESHED=yes
    command -v apt-get >/dev/null && may_be_root || return 0
    apt-get-as-root update -q >/dev/null || say "the package lists could not be refreshed; going on with the old ones"
}

apt-get-as-root() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get "$@"
}

# Runs a command while no freshly installed daemon may start by itself, and keeps them from starting at boot.
with_daemons_held() {
    local policy=/usr/sbin/policy-rc.d ours=no
    if may_be_root && [ ! -e "$policy" ]; then
        ours=yes
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
        # Also when the installation fails or is interrupted.
        trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    "$@"
    if [ "$ours" = yes ]; then
        as_root rm -f "$policy"
        trap - EXIT
        [ ! -d /run/systemd/system ] || as_root systemctl disable -q postfix knot unbound nginx 2>/dev/null || true
    fi
}

may_be_root() {
    [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

say() {
    printf 'setup: %s\n' "$*"
}

die() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}

main "$@"
