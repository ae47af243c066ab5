# Building, installing, starting and removing the programs. Sourced after common.sh.

programs=(roost roostd roost-node roost-warden)

built=$here/.build/programs             # stripped, as they are installed; and what they were built from

# One digest of everything that the programs are made of, so that only a change is built.
digest_of_sources() {
  (
    cd "$here"; export LC_ALL=C
    swift --version 2>/dev/null
    find Package.swift Sources migrations -type l -printf '%p -> %l\n' | sort
    find Package.swift Sources migrations -type f -print0 | sort -z | xargs -0 sha256sum
    # What the dependencies were resolved to, once they were; the compiler and libraries that Debian brings.
    sha256sum Package.resolved 2>/dev/null || true
    dpkg-query -W -f '${Package} ${Version}\n' "${build_packages[@]}"
  ) | sha256sum
}

is_built() {
  local program
  for program in "${programs[@]}"; do [[ -x $built/$program ]] || return 1; done
  [[ -f $built/digest && $(<"$built/digest") == "$(digest_of_sources)" ]]
}

build_release() {
  if is_built; then say "  as built before: the sources have not changed"; return 0; fi
  local args=(-c release) program log before; log=$(mktemp)
  if ! with_heartbeat swift_here package resolve >"$log" 2>&1; then
    tail -n 30 "$log"; rm -f "$log"
    die "the dependencies could not be resolved"
  fi
  before=$(digest_of_sources)           # a change during the build is built by the next run
  # One after another: swift build takes one product (of several --product the last), and not all at once, since the
  # warden is Embedded Swift, which has no standard library to link, statically or otherwise.
  for program in "${programs[@]}"; do
    local linking=(--static-swift-stdlib)
    [[ $program != roost-warden ]] || linking=()
    if ! with_heartbeat swift_here build "${args[@]}" "${linking[@]}" --product "$program" >"$log" 2>&1; then
      tail -n 30 "$log"; rm -f "$log"
      die "$program could not be built"
    fi
  done
  rm -f "$log"
  local place; place=$(swift_here build "${args[@]}" --show-bin-path)
  rm -rf "$built"; mkdir -p "$built"
  for program in "${programs[@]}"; do
    strip -o "$built/$program" "$place/$program" 2>/dev/null || cp "$place/$program" "$built/$program"
  done
  printf '%s\n' "$before" >"$built/digest"
}

# Copies only what differs: a program that has not changed is not touched, and its daemon not restarted.
put() { # MODE SOURCE TARGET
  cmp -s "$2" "$3" && return 0
  install -D -m "$1" "$2" "$3.new"
  mv "$3.new" "$3"
  changed=yes
}

install_files() {
  changed=no
  getent passwd roost >/dev/null || useradd --system --no-create-home --home-dir /var/lib/roost --shell /usr/sbin/nologin roost
  put 755 "$built/roost" /usr/bin/roost
  put 755 "$built/roostd" /usr/sbin/roostd
  put 755 "$built/roost-node" /usr/sbin/roost-node
  put 755 "$built/roost-warden" /usr/lib/roost/roost-warden
  put_words
  local recipe
  for recipe in "$here"/templates/*; do put 644 "$recipe" "/usr/share/roost/templates/$(basename "$recipe")"; done
  put 644 "$here/README.md" /usr/share/doc/roost/README.md
  [[ -f /etc/roost/roost.yaml ]] || install -D -m 644 "$here/deploy/roost.yaml" /etc/roost/roost.yaml
  make_certificate
  # Root's, but for roostd's own corner: a roostd that is taken over must not be able to swap what roost-node trusts.
  install -d -m 755 /var/lib/roost /run/roost
  install -d -m 700 -o roost -g roost /var/lib/roost/control
  install -d -m 755 -o roost -g roost /run/roost/api
  if [[ -d /run/systemd/system ]]; then
    put 644 "$here/deploy/systemd/roostd.service" /etc/systemd/system/roostd.service
    put 644 "$here/deploy/systemd/roost-node.service" /etc/systemd/system/roost-node.service
  fi
}

manual=/usr/share/man/man1/roost.1
completions=(bash:/usr/share/bash-completion/completions/roost zsh:/usr/share/zsh/vendor-completions/_roost fish:/usr/share/fish/vendor_completions.d/roost.fish)

# As the program itself knows its words.
put_words() {
  local completion script; script=$(mktemp)
  for completion in "${completions[@]}"; do
    "$built/roost" --generate-completion-script "${completion%%:*}" >"$script"
    cmp -s "$script" "${completion#*:}" || install -D -m 644 "$script" "${completion#*:}"   # no daemon's business
  done
  "$built/roost" --experimental-dump-help | jq -rf "$here/deploy/manual.jq" >"$script"
  cmp -s "$script" "$manual" || install -D -m 644 "$script" "$manual"
  rm -f "$script"
}

# For trials: nobody vouches for it, and `roost login` shows its fingerprint. Put a real one in its place; roostd takes it at once.
make_certificate() {
  [[ ! -f /etc/roost/tls.crt ]] || return 0
  local names="DNS:$(hostname),DNS:localhost,IP:127.0.0.1,IP:::1"
  (umask 077; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 397 -subj "/CN=$(hostname)" -addext "subjectAltName=$names" \
    -keyout /etc/roost/tls.key -out /etc/roost/tls.crt 2>/dev/null)
  chgrp roost /etc/roost/tls.key
  chmod 640 /etc/roost/tls.key
  chmod 644 /etc/roost/tls.crt
}

# Neither one that has ended but is not reaped, nor whoever has its number now: of those the kernel shows no such program.
alive() { [[ -f /run/roost/$1.pid && $(readlink "/proc/$(</run/roost/"$1".pid)/exe") == /usr/sbin/$1* ]]; }

start_plainly() { # NAME COMMAND…
  alive "$1" && return 0
  mkdir -p /var/log/roost
  setsid "${@:2}" </dev/null >>"/var/log/roost/$1.log" 2>&1 {progress}>&- &   # or whoever reads our output would wait for its end
  echo $! >"/run/roost/$1.pid"
}

stop_plainly() { # NAME
  alive "$1" || return 0
  local pid; pid=$(</run/roost/"$1".pid)
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  kill -9 "$pid" 2>/dev/null || true
  rm -f "/run/roost/$1.pid"
}

# What the settings say is read at a start: settings that were changed since are taken by another one. VPSes run on.
note_changed_settings() {
  local running
  for running in /run/roost/roost-node.pid /run/roost/roostd.pid /run/roost/started; do
    if [[ -f $running && /etc/roost/roost.yaml -nt $running ]]; then say "  /etc/roost/roost.yaml has changed: the daemons start anew"; changed=yes; return; fi
  done
}

start_daemons() {
  note_changed_settings
  if [[ -d /run/systemd/system ]]; then
    systemctl daemon-reload
    systemctl -q enable roost-node roostd
    if [[ $changed == yes || ! -f /run/roost/started ]]; then systemctl restart roost-node roostd; touch /run/roost/started; else systemctl start roost-node roostd; fi
  else
    if [[ $changed == yes ]]; then stop_plainly roostd; stop_plainly roost-node; fi
    start_plainly roost-node /usr/sbin/roost-node
    start_plainly roostd prlimit --nofile="$(ulimit -Hn)" setpriv --reuid roost --regid roost --clear-groups --no-new-privs --bounding-set=-all /usr/sbin/roostd
  fi
  for _ in $(seq 300); do
    ROOST_SOCKET=/run/roost/api/roostd.sock roost node list --output json 2>/dev/null | grep -q '"online"' && return 0
    [[ -d /run/systemd/system ]] || { alive roostd && alive roost-node; } || break
    sleep 0.1
  done
  [[ -d /run/systemd/system ]] && journalctl -n 20 -u roost-node -u roostd --no-pager || tail -n 20 /var/log/roost/*.log
  die "the daemons did not start; their last words are above"
}

uninstall() {
  if [[ -d /run/systemd/system ]]; then
    systemctl -q disable --now roostd roost-node 2>/dev/null || true
    rm -f /etc/systemd/system/roostd.service /etc/systemd/system/roost-node.service
    systemctl daemon-reload
  else
    stop_plainly roostd; stop_plainly roost-node
  fi
  # By the program itself: it knows what it has on the host, and takes nothing else.
  if [[ -x /usr/sbin/roost-node ]]; then /usr/sbin/roost-node teardown --disks; fi
  rm -rf /var/lib/roost /run/roost /etc/roost /usr/share/roost /usr/lib/roost /usr/share/doc/roost /var/log/roost
  rm -f /usr/bin/roost /usr/sbin/roostd /usr/sbin/roost-node "$manual" "${completions[@]#*:}"
  local completion
  for completion in "${completions[@]#*:}"; do rmdir -p --ignore-fail-on-non-empty "$(dirname "$completion")" 2>/dev/null || true; done
  ! getent passwd roost >/dev/null || userdel roost
}
