# shellcheck shell=bash
# The files that configure the native cluster's programs, and its volumes. Sourced by native.bash.

configure() {
  # restrict_oom_score_adj: without CAP_SYS_RESOURCE (a container, a small VM) every sandbox dies otherwise.
  cat >"$NATIVE_STATE/containerd.toml" <<TOML
version = 2
root = "$NATIVE_STATE/containerd/root"
state = "$NATIVE_STATE/containerd/state"
[grpc]
  address = "$NATIVE_SOCKET"
[plugins."io.containerd.internal.v1.opt"]
  path = "$NATIVE_STATE/containerd/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/assay-cluster/pause:local"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$NATIVE_STATE/cni"
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "$NATIVE_STATE/registries"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
TOML
  # The stories' own registry, at the address of its Service, has no TLS.
  mkdir -p "$NATIVE_STATE/registries/10.96.200.51:5000"
  cat >"$NATIVE_STATE/registries/10.96.200.51:5000/hosts.toml" <<TOML
[host."http://10.96.200.51:5000"]
  capabilities = ["pull", "resolve"]
TOML
  cat >"$NATIVE_STATE/cni/10-assay.conflist" <<JSON
{"cniVersion":"0.4.0","name":"assay","plugins":[
 {"type":"bridge","bridge":"$NATIVE_BRIDGE","isGateway":true,"ipMasq":false,"hairpinMode":true,
  "ipam":{"type":"host-local","ranges":[[{"subnet":"$NATIVE_POD_CIDR"}]],"routes":[{"dst":"0.0.0.0/0"}],"dataDir":"$NATIVE_STATE/cni-ipam"}},
 {"type":"portmap","capabilities":{"portMappings":true}}]}
JSON
  # cgroupfs: there may be no systemd. No image is collected: none could be pulled again.
  cat >"$NATIVE_STATE/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $NATIVE_STATE/pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $NATIVE_STATE/pki/kubelet.crt
tlsPrivateKeyFile: $NATIVE_STATE/pki/kubelet.key
address: $NATIVE_IP
healthzBindAddress: 127.0.0.1
containerRuntimeEndpoint: unix://$NATIVE_SOCKET
podLogsDir: $NATIVE_STATE/pods-log
volumePluginDir: $NATIVE_STATE/volume-plugins
cgroupDriver: cgroupfs
cgroupsPerQOS: true
enforceNodeAllocatable: []
failSwapOn: false
clusterDNS: [$NATIVE_DNS_IP]
clusterDomain: cluster.local
resolvConf: $NATIVE_STATE/resolv.conf
evictionHard: {memory.available: 50Mi, nodefs.available: "1%", imagefs.available: "1%"}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
YAML
  : >"$NATIVE_STATE/resolv.conf"
  cat >"$NATIVE_STATE/kube-proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clientConnection: {kubeconfig: $NATIVE_STATE/proxy.kubeconfig}
healthzBindAddress: 127.0.0.1:10256
metricsBindAddress: 127.0.0.1:10249
nodePortAddresses: [127.0.0.0/8]
YAML
}

# The default StorageClass and the named volumes. `local`, not hostPath: fsGroup works on local only.
volumes() { # NUMBER...
  local number
  cat <<YAML
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
YAML
  for number; do
    mkdir -p "$NATIVE_STATE/volumes/$number"
    cat <<YAML
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: local-$number}
spec:
  capacity: {storage: 100Gi}
  accessModes: [ReadWriteOnce, ReadWriteMany]
  persistentVolumeReclaimPolicy: Retain
  storageClassName: standard
  local: {path: $NATIVE_STATE/volumes/$number}
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [$NATIVE_NODE]}]}]}}
YAML
  done
}
