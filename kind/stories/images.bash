# shellcheck shell=bash
# What the stories of container images share: images in the cluster's own registry. Sourced by those stories, after signing.bash.

# Where the stories' Pods run, and what kubectl means from here on.
# shellcheck disable=SC2034 # lib.bash reads it
NAMESPACE=assay-images
REGISTRY=10.96.200.51:5000
CRANE=$("$ASSAY_ROOT/hack/tools/build" crane)
PAUSE=$("$ASSAY_ROOT/hack/tools/build" pause)

# in_registry COMMAND...: with REGISTRY where this machine reaches it.
in_registry() {
  if [ "$FLAVOUR" = native ]; then "$@"; else
    NAMESPACE=assay-demo forwarded registry 5000 "${@//$REGISTRY/127.0.0.1:LOCAL_PORT}"
  fi
}

# The namespace, its policy and the key that it trusts.
namespace_of_images() {
  "$KUBECTL" apply -f "$ASSAY_ROOT/config/samples/signing/images.yaml" >/dev/null
  RELEASE_KEY=$ASSAY_ROOT/target/stories-keys
  [ -s "$RELEASE_KEY/cosign.key" ] || key_pair "$RELEASE_KEY"
  credential release-keys "$RELEASE_KEY/cosign.pub"
  policy team
  kubectl delete deployments,pods --all --wait --timeout="${PATIENCE}s" >/dev/null
}

# push NAME: an image of its own, which only waits; sets IMAGE to its name with digest.
push() {
  date +%s%N >"$WORK/$1.unique"
  "$ASSAY_ROOT/hack/images/layer" "$WORK/$1.layer" "$PAUSE:pause" "$WORK/$1.unique:unique"
  "$ASSAY_ROOT/hack/images/archive" "$WORK/$1.tar" --name "localhost/$1:1.0" --layer "$WORK/$1.layer" --entrypoint /pause >/dev/null
  in_registry "$CRANE" push --insecure "$WORK/$1.tar" "$REGISTRY/team/$1:1.0" >/dev/null 2>&1
  IMAGE=$REGISTRY/team/$1@$(in_registry "$CRANE" digest --insecure "$REGISTRY/team/$1:1.0")
  tell "\$ crane push $1.tar $IMAGE"
}

# sign_image FOLDER OPTION...: IMAGE, by the key in the folder, without a transparency log.
sign_image() {
  local folder=$1
  shift
  tell "\$ cosign sign --key cosign.key $* $IMAGE"
  in_registry "$COSIGN" sign --key "$folder/cosign.key" --yes --allow-http-registry "$@" "$IMAGE" >"$WORK/signed" 2>&1 || { cat "$WORK/signed" >&2 && return 1; }
}

sign_new() { # FOLDER
  [ -s "$WORK/signing.json" ] || "$COSIGN" signing-config create --out "$WORK/signing.json"
  sign_image "$1" --signing-config "$WORK/signing.json"
}

sign_old() { sign_image "$1" --new-bundle-format=false --use-signing-config=false --tlog-upload=false; } # FOLDER

spec_of_pod() { # IMAGE
  cat <<JSON
{"automountServiceAccountToken": false, "securityContext": {"runAsNonRoot": true, "runAsUser": 65532, "seccompProfile": {"type": "RuntimeDefault"}},
 "containers": [{"name": "app", "image": "$1", "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}]}
JSON
}

pod() { printf '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"}, "spec": %s}' "$1" "$(spec_of_pod "$2")"; } # NAME IMAGE

deployment() { # NAME IMAGE
  printf '{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "%s"}, "spec": {"selector": {"matchLabels": {"app": "%s"}}, "template": {"metadata": {"labels": {"app": "%s"}}, "spec": %s}}}' \
    "$1" "$1" "$1" "$(spec_of_pod "$2")"
}

# runs KIND/NAME CONDITION: on the nodes that know the registry; elsewhere it is enough that it was admitted.
runs() {
  [ "$FLAVOUR" = native ] || return 0
  kubectl wait "$1" --for="condition=$2" --timeout="${PATIENCE}s" >/dev/null || fail "$1 within $PATIENCE s" "$2" "$(kubectl get "$1" -o jsonpath='{.status.conditions}')"
  tell "✓ $1 is $2"
}

verdict() { # IMAGE FIELD
  kubectl get scanpolicy.assay.dev/team -o json | jq -r --arg image "$1" --arg field "$2" '.status.images[]? | select(.image == $image) | .[$field] // ""'
}

until_verdict() { # IMAGE STATE
  SECONDS=0
  until [ "$(verdict "$1" state)" = "$2" ]; do
    [ "$SECONDS" -lt "$PATIENCE" ] || fail "verdict of $1 within $PATIENCE s" "$2" "$(verdict "$1" state) $(verdict "$1" message)"
    sleep 0.5
  done
  tell "✓ status.images: $2, $(verdict "$1" message | cut -c1-160)"
}
