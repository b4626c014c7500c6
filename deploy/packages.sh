# shellcheck shell=bash disable=SC2034  # the lists are for those who source this
# What this project needs of Debian 12, by purpose, and how to install what is missing.
# Sourced by deploy/quickstart and tests/run; defines functions and lists, does nothing by itself.

packages_build=(
    g++ cmake ninja-build ccache mold pkg-config
    libboost1.81-dev libssl-dev nlohmann-json3-dev libsimdjson-dev libyaml-cpp-dev
    libsqlite3-dev libsqlitecpp-dev libicu-dev libcli11-dev libspdlog-dev prometheus-cpp-dev
    libsodium-dev tao-pegtl-dev libcereal-dev libjemalloc-dev libpugixml-dev libhpdf-dev
)
packages_test=(libgtest-dev libgmock-dev librapidcheck-dev libvalijson-dev poppler-utils)
packages_fuzz=(clang libclang-rt-14-dev)
packages_bench=(libbenchmark-dev valgrind liblinear-dev)
packages_browser=(chromium nodejs npm)
packages_peers=(nodejs npm python3 make)  # better-sqlite3 is compiled
packages_run=(ca-certificates curl openssl tzdata)

say() { printf '\033[1m== %s\033[0m\n' "$*"; }
fail() { printf '\033[1;31mfailed: %s\033[0m\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; return; fi
    command -v sudo >/dev/null || fail "need root to install packages: run as root, or install sudo"
    sudo "$@"
}

# install_packages NAME…: installs those that are missing, in one go.
install_packages() {
    local missing=() name
    for name in "$@"; do
        # A Node from elsewhere does as well as Debian's.
        if [ "$name" = nodejs ] && command -v node >/dev/null; then continue; fi
        if [ "$name" = npm ] && command -v npm >/dev/null; then continue; fi
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing ${#missing[@]} packages: ${missing[*]}"
    as_root apt-get update -qq || fail "apt-get update: is there a network and a package mirror?"
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends -qq "${missing[@]}" >/dev/null ||
        fail "apt-get install ${missing[*]}"
}

# build_preset PRESET [TARGET…]: configures and builds, with progress.
build_preset() {
    local preset=$1; shift
    local targets=()
    [ $# -eq 0 ] || targets=(--target "$@")
    say "building ($preset)"
    export CCACHE_SLOPPINESS=pch_defines,time_macros
    cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 ||
        { tail -n 30 "build/$preset.configure.log" >&2; fail "cmake --preset $preset"; }
    cmake --build --preset "$preset" -j "$(nproc)" "${targets[@]}" || fail "building $preset"
}
