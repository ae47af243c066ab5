# Shared by the scripts of this folder: what must be installed, how it is built, how it is said.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

build_packages=(pkg-config libnl-3-dev libseccomp-dev libcap-dev libsqlite3-dev)
run_packages=(ca-certificates nftables iproute2 iputils-ping xfsprogs e2fsprogs mmdebstrap busybox-static openssh-client openssl curl jq util-linux procps)
probe_packages=(gcc libc6-dev python3 python3-websockets strace)                     # what tests run, and compile, besides
test_packages=("${probe_packages[@]}" libc6-dev-i386)
# Where the programs run but were not built.
library_packages=(libnl-3-200 libnl-route-3-200 libseccomp2 libcap2 libsqlite3-0 libstdc++6)

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

need_root() { [[ $(id -u) == 0 ]] || die "run it as root: it makes namespaces, mounts and network interfaces"; }

# Installs what is missing, and only then asks the mirror.
need_packages() {
  local missing=() package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) == ii* ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  say "installing: ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  if [[ -n ${installed_list-} ]]; then printf '%s\n' "${missing[@]}" >>"$installed_list"; fi
}

# Swift on this package. It leaves its temporary folders behind: so they are kept beside the build.
swift_here() { # COMMAND ARGUMENTS…
  local command=$1; shift
  mkdir -p "$here/.build/tmp"
  TMPDIR=$here/.build/tmp swift "$command" --package-path "$here" "$@"
}

# A line each half minute, so that a long build is seen to live, wherever its own words go.
exec {progress}>&1
with_heartbeat() {
  local started=$SECONDS beat
  ( while sleep 30; do printf '   … %d s\n' $((SECONDS - started)) >&"$progress"; done ) & beat=$!
  local status=0
  "$@" || status=$?
  kill "$beat" 2>/dev/null; wait "$beat" 2>/dev/null || true
  return $status
}
