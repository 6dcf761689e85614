# shellcheck shell=bash
# What the stories of signatures share: the real cosign, keys, and Secrets that may be read. Sourced by those stories.

COSIGN=$("$ASSAY_ROOT/hack/tools/build" cosign)
export COSIGN_PASSWORD=

# credential NAME FILE...: a Secret with these files that says it may be read.
credential() {
  local name=$1 file files=()
  shift
  for file; do files+=("--from-file=$file"); done
  kubectl create secret generic "$name" "${files[@]}" --dry-run=client -o yaml |
    kubectl label --local --dry-run=client -f - assay.dev/credential=true -o yaml |
    kubectl apply -f - >/dev/null
}

# key_pair FOLDER: cosign.key and cosign.pub in it.
key_pair() {
  mkdir -p "$1"
  (cd "$1" && "$COSIGN" generate-key-pair >/dev/null 2>&1)
}

# sign FOLDER FILE BUNDLE: by the key in the folder, without a transparency log.
sign() {
  [ -s "$WORK/signing.json" ] || "$COSIGN" signing-config create --out "$WORK/signing.json"
  tell "\$ cosign sign-blob --key cosign.key --bundle bundle.sigstore.json $(basename "$2")"
  "$COSIGN" sign-blob --key "$1/cosign.key" --signing-config "$WORK/signing.json" --bundle "$3" --yes "$2" >/dev/null 2>&1
}

# policy NAME: waits until a policy of config/samples/signing, whose Secrets have just come, has read them.
policy() {
  kubectl annotate "scanpolicy.assay.dev/$1" --overwrite "reconcile.fluxcd.io/requestedAt=$(date +%s%N)" >/dev/null
  kubectl wait "scanpolicy.assay.dev/$1" --for="jsonpath={.status.verifiers[0].name}" --timeout="${PATIENCE}s" >/dev/null ||
    fail "ScanPolicy $1 within $PATIENCE s" "its keys are read" "$(kubectl get "scanpolicy.assay.dev/$1" -o jsonpath='{.status.conditions}')"
  tell "✓ ScanPolicy $1 asks for $(kubectl get "scanpolicy.assay.dev/$1" -o jsonpath='{.status.verifiers[0].keys[0].fingerprint}{.status.verifiers[0].keyless.subjectRegExp}')"
}

# The key that the policy `signed` trusts is kept between stories.
release_key() {
  RELEASE_KEY=$ASSAY_ROOT/target/stories-keys
  [ -s "$RELEASE_KEY/cosign.key" ] || key_pair "$RELEASE_KEY"
  credential release-keys "$RELEASE_KEY/cosign.pub"
  policy signed
}

# signed_inline NAME FILE BUNDLE: the sample Artifact `signed`, named anew, with the digest and the bundle in it; JSON.
signed_inline() {
  "$KUBECTL" create --dry-run=client -o json -f "$ASSAY_ROOT/config/samples/artifacts/signed.yaml" |
    jq --arg name "$1" --arg digest "sha256:$(digest_of "$2")" --rawfile bundle "$3" \
      '.metadata.name = $name | .spec.digest = $digest | .spec.verify.bundle = {inline: $bundle}'
}

# refused_at_apply WHAT PATTERN FILE: by the webhook, with a sentence; nothing is created.
refused_at_apply() {
  local said
  said=$(kubectl apply -f "$3" 2>&1) && fail "$1" "it is refused" "$said"
  expect_like "$1" "$2" "$said"
}

# served KEY: the HTTP status that a reader gets.
served() { reader_curl "$1" -o "$WORK/served" -w '%{http_code}'; }
