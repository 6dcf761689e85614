# shellcheck shell=bash
# Many requests to the API server from this machine, bounded in count and in time. Sourced by stories.

# api_curl ARGUMENT...: as the cluster's administrator.
api_curl() {
  local pem=$WORK/api
  if [ ! -d "$pem" ]; then
    mkdir -m 700 "$pem"
    "$KUBECTL" config view --raw --minify -o jsonpath='{.clusters[0].cluster.certificate-authority-data}' | base64 -d >"$pem/ca.crt"
    "$KUBECTL" config view --raw --minify -o jsonpath='{.users[0].user.client-certificate-data}' | base64 -d >"$pem/client.crt"
    "$KUBECTL" config view --raw --minify -o jsonpath='{.users[0].user.client-key-data}' | base64 -d >"$pem/client.key"
  fi
  curl -sS --cacert "$pem/ca.crt" --cert "$pem/client.crt" --key "$pem/client.key" "$@"
}

api_server() { "$KUBECTL" config view --raw --minify -o jsonpath='{.clusters[0].cluster.server}'; }

# create_many COUNT AT_ONCE FILE QUERY: creates the Artifact in the file so often; prints the HTTP status of each.
create_many() {
  api_curl --parallel --parallel-immediate --parallel-max "$2" --max-time 30 -X POST -H 'Content-Type: application/json' --data-binary "@$3" \
    -o /dev/null -w '%{http_code}\n' "$(api_server)/apis/assay.dev/v1alpha1/namespaces/$NAMESPACE/artifacts?fieldManager=load-[1-$1]&$4" 2>/dev/null || true
}

# tally FILE: how often each line, as "12x201 3x403".
tally() { sort "$1" | uniq -c | awk '{printf "%s%sx%s", (NR > 1 ? " " : ""), $1, $2}'; }
