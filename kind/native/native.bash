# shellcheck shell=bash
# A real one-node Kubernetes without Docker and without a registry: etcd, the Kubernetes programs (built as pinned Go
# tools), containerd and runc from Debian, CoreDNS. Sourced by kind/cluster; sees what hack/lib.bash gives.

NATIVE_STATE=/var/lib/assay-cluster
NATIVE_IP=10.244.0.1 # the pod bridge: reached from this machine and from pods
NATIVE_BRIDGE=assay0
NATIVE_POD_CIDR=10.244.0.0/24
NATIVE_SERVICE_CIDR=10.96.0.0/16
NATIVE_DNS_IP=10.96.0.10
NATIVE_NODE=node-1
NATIVE_ETCD=http://127.0.0.1:12379
NATIVE_SOCKET=$NATIVE_STATE/containerd/containerd.sock
NATIVE_VOLUMES=40
NATIVE=$HERE/native

# shellcheck source=kind/native/pki.bash
source "$NATIVE/pki.bash"
# shellcheck source=kind/native/configuration.bash
source "$NATIVE/configuration.bash"
# shellcheck source=kind/native/processes.bash
source "$NATIVE/processes.bash"
# shellcheck source=kind/native/traces.bash
source "$NATIVE/traces.bash"

cluster_kubeconfig() { echo "$NATIVE_STATE/admin.kubeconfig"; }

cluster_running() { [ -f "$NATIVE_STATE/ready" ] && api_ready; }

api_ready() { "$KUBECTL" get --raw /readyz --request-timeout=5s >/dev/null 2>&1; }

# The programs, built when first asked for.
native_programs() {
  local paths
  paths=$("$ASSAY_ROOT/hack/tools/build" kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl coredns pause)
  PROGRAMS=$(dirname "$(head -n 1 <<<"$paths")")
  COREDNS=$(sed -n 7p <<<"$paths")
  PAUSE=$(sed -n 8p <<<"$paths")
}

cluster_up() {
  [ "$(id -u)" = 0 ] || die "the native cluster needs root (bridges, mounts, cgroups). Run as root, or install Docker and kind."
  need_packages containerd:containerd runc:runc etcd:etcd-server iptables:iptables conntrack:conntrack ip:iproute2 \
    openssl:openssl /usr/lib/cni/bridge:containernetworking-plugins mount:mount ethtool:ethtool
  native_programs
  if [ -e "$NATIVE_STATE" ]; then cluster_down; fi # what a killed run left
  ports_are_free 127.0.0.1:12379 127.0.0.1:12380 127.0.0.1:10248 127.0.0.1:10249 127.0.0.1:10256 127.0.0.1:10257 127.0.0.1:10259
  # Asking the address itself proves nothing: a network may answer for addresses that are not there.
  if ip -o addr show | grep -q "inet $NATIVE_IP/"; then die "an interface of this machine has the address $NATIVE_IP already. Is another cluster running?"; fi
  mkdir -p "$NATIVE_STATE"/{run,log,pods-log,etcd,containerd,kubelet,cni,volumes}
  remember_what_was
  network
  certificates
  configure
  start_control_plane
  start_node
  node_images
  "$KUBECTL" apply -f "$NATIVE/coredns.yaml" >/dev/null
  volumes $(seq -w 1 "$NATIVE_VOLUMES") | "$KUBECTL" apply -f - >/dev/null
  "$KUBECTL" -n kube-system rollout status deployment/coredns --timeout=120s >/dev/null
  : >"$NATIVE_STATE/ready"
}

network() {
  ip link add "$NATIVE_BRIDGE" type bridge
  ip addr replace "$NATIVE_IP/24" dev "$NATIVE_BRIDGE"
  ip link set "$NATIVE_BRIDGE" up
  sysctl -qw net.ipv4.ip_forward=1
  if [ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]; then sysctl -qw net.bridge.bridge-nf-call-iptables=1; fi
}

ctr_here() { ctr -a "$NATIVE_SOCKET" -n k8s.io "$@"; }

# Images of the node itself; both programs are static.
node_images() {
  local made
  made=$NATIVE_STATE/images
  mkdir -p "$made"
  "$ASSAY_ROOT/hack/images/layer" "$made/pause.layer" "$PAUSE:pause"
  "$ASSAY_ROOT/hack/images/layer" "$made/coredns.layer" "$COREDNS:coredns"
  "$ASSAY_ROOT/hack/images/archive" "$made/pause.tar" --name localhost/assay-cluster/pause:local --layer "$made/pause.layer" --entrypoint /pause >/dev/null
  "$ASSAY_ROOT/hack/images/archive" "$made/coredns.tar" --name localhost/assay-cluster/coredns:local --layer "$made/coredns.layer" --entrypoint /coredns >/dev/null
  cluster_load "$made/pause.tar" "$made/coredns.tar"
}

# An archive that was loaded before, by its bytes, is not loaded again.
cluster_load() {
  local archive digest
  mkdir -p "$NATIVE_STATE/loaded"
  for archive; do
    digest=$(sha256sum <"$archive" | cut -d ' ' -f 1)
    [ ! -e "$NATIVE_STATE/loaded/$digest" ] || continue
    ctr_here images import "$archive" >/dev/null
    : >"$NATIVE_STATE/loaded/$digest"
  done
}

# There is no provisioner here, and a Retain volume is not used again after its claim went: wipe it and make it anew.
cluster_recycle() {
  local name
  for name in $("$KUBECTL" get persistentvolumes -o jsonpath='{range .items[?(@.status.phase=="Released")]}{.metadata.name}{"\n"}{end}'); do
    "$KUBECTL" delete persistentvolume "$name" --wait --timeout=60s >/dev/null
    rm -rf "${NATIVE_STATE:?}/volumes/${name#local-}"
    volumes "${name#local-}" | "$KUBECTL" apply -f - >/dev/null
  done
}
