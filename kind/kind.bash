# shellcheck shell=bash
# The cluster in Docker, by kind. Sourced by kind/cluster; sees what hack/lib.bash gives.

KIND_CLUSTER=assay
KIND_STATE=$ASSAY_CACHE/kind

cluster_kubeconfig() { echo "$KIND_STATE/kubeconfig"; }

cluster_running() {
  [ -f "$KIND_STATE/kubeconfig" ] && "$KUBECTL" get --raw /readyz --request-timeout=5s >/dev/null 2>&1
}

cluster_up() {
  mkdir -p "$KIND_STATE"
  kind create cluster --name "$KIND_CLUSTER" --config "$HERE/kind.yaml" --kubeconfig "$KIND_STATE/kubeconfig" --wait 180s
}

cluster_down() {
  kind delete cluster --name "$KIND_CLUSTER" --kubeconfig "$KIND_STATE/kubeconfig"
  rm -rf "$KIND_STATE"
}

cluster_load() {
  local archive
  for archive; do kind load image-archive "$archive" --name "$KIND_CLUSTER" >&2; done
}

# kind's own provisioner deletes a volume with its claim.
cluster_recycle() { :; }
