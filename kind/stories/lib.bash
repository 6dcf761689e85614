# shellcheck shell=bash
# What the stories share: expectations that end a story, waiting, and reaching a Bucket from here. Sourced by each story.

STORIES=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=hack/lib.bash
source "$STORIES/../../hack/lib.bash"
NAMESPACE=assay-demo
# What is waited for comes within seconds on an idle machine; a busy one gets this long.
PATIENCE=${PATIENCE:-180}

need_packages curl:curl jq:jq openssl:openssl
KUBECTL=$("$ASSAY_ROOT/hack/tools/build" kubectl)
KUBECONFIG=$("$STORIES/../cluster" kubeconfig)
export KUBECONFIG
FLAVOUR=$("$STORIES/../cluster" flavour)
WORK=$(mktemp -d)
trap 'end_story' EXIT

kubectl() { "$KUBECTL" -n "$NAMESPACE" "$@"; }

end_story() {
  local code=$?
  rm -rf "$WORK"
  [ "$code" = 0 ] || explain
}

# tell TEXT: what happens now, in the words of a person or as the command that one would type.
tell() { printf '   %s\n' "$*"; }

fail() { # WHAT EXPECTED FOUND
  printf 'FAILED: %s\n  expected: %s\n  found:    %s\n' "$1" "$2" "$3" >&2
  exit 1
}

expect() { # WHAT EXPECTED FOUND
  [ "$2" = "$3" ] || fail "$1" "$2" "$3"
  tell "✓ $1: $3"
}

expect_like() { # WHAT PATTERN (extended regular expression) FOUND
  grep -qE -- "$2" <<<"$3" || fail "$1" "something like /$2/" "$3"
  tell "✓ $1: $(tr -s ' \n' ' ' <<<"$3" | cut -c1-160)"
}

# fresh NAME: the sample Artifact, created anew.
fresh() {
  kubectl delete "artifact.assay.dev/$1" --ignore-not-found --wait --timeout="${PATIENCE}s" >/dev/null
  tell "$ kubectl apply -f config/samples/artifacts/$1.yaml"
  kubectl apply -f "$ASSAY_ROOT/config/samples/artifacts/$1.yaml" >/dev/null
  ARTIFACT=$1
}

field() { kubectl get "artifact.assay.dev/$ARTIFACT" -o jsonpath="{$1}"; }

condition() { field ".status.conditions[?(@.type==\"$1\")].$2"; } # TYPE FIELD

# until_condition TYPE FIELD VALUE: waits for it, by a watch.
until_condition() {
  kubectl wait "artifact.assay.dev/$ARTIFACT" --for="jsonpath={.status.conditions[?(@.type==\"$1\")].$2}=$3" --timeout="${PATIENCE}s" >/dev/null 2>&1 ||
    fail "$ARTIFACT: condition $1 within $PATIENCE s" "$2 $3" "$(condition "$1" status) $(condition "$1" reason): $(condition "$1" message)"
  tell "✓ $ARTIFACT: $1 is $(condition "$1" status), $(condition "$1" reason): $(condition "$1" message | cut -c1-200)"
}

# secret NAME KEY: the decoded value; waits until the Secret is there.
secret() {
  kubectl wait --for=create "secret/$1" --timeout="${PATIENCE}s" >/dev/null 2>&1 || fail "Secret $1 within $PATIENCE s" "it exists" "it does not"
  kubectl get "secret/$1" -o "go-template={{index .data \"$2\" | base64decode}}"
}

# Curl to a Bucket's own name: --connect-to goes where this machine reaches it, so that URLs stay as they were signed.
bucket_curl() { # URL ARGUMENT...
  local url=$1 host port service
  shift
  host=$(sed -E 's#^https?://([^:/]+).*#\1#' <<<"$url")
  port=$(sed -nE 's#^https?://[^:/]+:([0-9]+).*#\1#p' <<<"$url")
  port=${port:-80}
  service=${host%%.*}
  if [ "$FLAVOUR" = native ]; then
    curl -sS --connect-to "$host:$port:$(kubectl get "service/$service" -o jsonpath='{.spec.clusterIP}'):$port" "$@" "$url"
  else
    forwarded "$service" "$port" curl -sS "$@" "$url" --connect-to "$host:$port:127.0.0.1:LOCAL_PORT"
  fi
}

# forwarded SERVICE PORT COMMAND...: runs the command with LOCAL_PORT replaced by one that leads to the Service. A forward of
# its own for each command: one that saw a cut connection may end.
forwarded() {
  local service=$1 port=$2 line pid code=0
  shift 2
  exec 7< <(exec "$KUBECTL" -n "$NAMESPACE" port-forward "service/$service" ":$port" --address 127.0.0.1 2>&1)
  pid=$!
  read -r -t 30 line <&7 || fail "port-forward to $service" "a local port" "nothing"
  line=$(sed -nE 's/.*127\.0\.0\.1:([0-9]+) .*/\1/p' <<<"$line")
  "${@//LOCAL_PORT/$line}" || code=$?
  kill "$pid" 2>/dev/null || true
  exec 7<&-
  return "$code"
}

# The Bucket as an S3 client with the reader's access key sees it.
reader_curl() { # KEY-OR-QUERY ARGUMENT...
  local path=$1 endpoint
  shift
  endpoint=$(secret releases-reader COSI_S3_ENDPOINT)
  bucket_curl "${endpoint%/}/$(secret releases-reader COSI_S3_BUCKET_ID)/$path" \
    --aws-sigv4 "aws:amz:$(secret releases-reader COSI_S3_REGION):s3" \
    --user "$(secret releases-reader COSI_S3_ACCESS_KEY_ID):$(secret releases-reader COSI_S3_ACCESS_SECRET_KEY)" "$@"
}

# upload FILE: by the URL in the Artifact's Secret; prints the HTTP status, the answer's body in $WORK/answer.
upload() {
  local url
  url=$(secret "$ARTIFACT-upload" ARTIFACT_URL)
  tell "\$ curl -T $(basename "$1") \"\$ARTIFACT_URL\"     # from Secret $ARTIFACT-upload" >&2
  bucket_curl "$url" -T "$1" -o "$WORK/answer" -w '%{http_code}'
}

sample() { # NAME FILE
  JAVA_HOME=$("$ASSAY_ROOT/hack/jdk") "$ASSAY_ROOT/hack/fixtures/sample" "$1" "$2"
}

digest_of() { sha256sum <"$1" | cut -d ' ' -f 1; }

# What a person would look at when a story fails.
explain() {
  {
    echo "--- what there is"
    kubectl get artifacts.assay.dev,buckets.assay.dev -o wide
    [ -z "${ARTIFACT:-}" ] || kubectl get "artifact.assay.dev/$ARTIFACT" -o jsonpath='{range .status.conditions[*]}{.type}={.status} {.reason}: {.message}{"\n"}{end}'
    kubectl get jobs,pods
    kubectl get events --sort-by=.metadata.creationTimestamp | tail -n 12
    "$KUBECTL" -n assay-system logs deployment/assay-operator --all-pods --tail=25
    "$KUBECTL" -n assay-system logs deployment/assay-webhook --all-pods --tail=15
  } >&2 2>/dev/null || true
}
