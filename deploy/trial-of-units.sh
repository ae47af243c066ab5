# The programs as systemd's services, installed and removed as deploy/quickstart does it. Sourced by deploy/test, where systemd runs
# and nothing of ours is installed; counts in $passed and $failed.
. "$here/deploy/install.sh"

expect() { # WHAT COMMAND…
  if "${@:2}" >/dev/null 2>&1; then passed=$((passed + 1)); say "  ✔ $1"; else failed=$((failed + 1)); say "  ✘ $1"; fi
}

within() { # SECONDS COMMAND…
  local end=$((SECONDS + $1))
  until "${@:2}" >/dev/null 2>&1; do ((SECONDS < end)) || return 1; sleep 0.5; done
}

trial_of_units() {
  step "systemd's services"
  if [[ -e /usr/sbin/roost-node ]]; then say "  Roost is installed here: not tried"; skipped=$((skipped + 1)); return; fi
  local built=$programs patience=${ROOST_TEST_PATIENCE:-1} pid verb
  web1() { roost vps show acme/web1 --output json | jq -r "$1"; }
  is_as_before() { [[ $(web1 .state) == running && $(web1 .initPid) == "$pid" && $(roost vps exec acme/web1 --no-tty -- echo alive </dev/null) == alive ]]; }
  install_files
  expect "the services start" eval "(start_daemons)"
  expect "a VPS is made" provision_busybox
  pid=$(web1 .initPid)
  for verb in restart "kill -s KILL"; do
    expect "systemctl $verb: nobody notices in the VPS" eval "systemctl $verb roost-node roostd; within $((30 * patience)) is_as_before"
  done
  expect "the services are up" systemctl is-active roost-node roostd
  expect "they are stopped and removed" uninstall
  expect "no VPS is left running" eval '! kill -0 "$pid"'
  expect "no file and no user is left" eval '[[ -z $(find / -xdev -path /proc -prune -o -path /var/tmp -prune -o -path /mnt -prune -o -name "roost*" -print) ]] && ! getent passwd roost'
  ((failed == 0)) || journalctl -n 60 -u roost-node -u roostd --no-pager
}

provision_busybox() {
  roost tenant create acme --vps 1 --cpu 1 --memory 1GiB --disk 1GiB --addresses 1 \
    && roost plan create small --cpu 0.5 --memory 64MiB --disk 300MiB \
    && roost template build busybox \
    && roost vps create acme/web1 --plan small --template busybox
}
