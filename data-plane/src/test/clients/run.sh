#!/bin/sh
# Runs the real clients (boto3, aws-cli, curl) against a data plane.
# usage: run.sh ENDPOINT BUCKET, with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache="${ASSAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/assay}/s3-clients"
venv="$cache/$(sha256sum "$here/requirements.txt" | cut -c1-16)"
if [ ! -e "$venv/complete" ]; then
  echo "installing the Python clients of $here/requirements.txt into $venv"
  rm -rf "$venv"
  mkdir -p "$cache"
  python3 -m venv "$venv" || {
    echo "python3 with its venv module is needed (Debian: apt-get install python3-venv)" >&2
    exit 1
  }
  "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
  touch "$venv/complete"
fi
PATH="$venv/bin:$PATH" exec "$venv/bin/python" "$here/clients.py" "$1" "$2"
