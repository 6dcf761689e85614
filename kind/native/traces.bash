# shellcheck shell=bash
# What the native cluster leaves on the machine, and its removal. Sourced by native.bash.

# Folders outside the state that the kubelet, containerd and CNI make: those that are new are removed again.
TRACES=(/var/lib/kubelet /var/log/containers /var/log/pods /var/lib/cni /etc/cni /opt/cni /run/netns /run/containerd /usr/libexec/kubernetes)
SETTINGS=(net.ipv4.ip_forward net.bridge.bridge-nf-call-iptables net.netfilter.nf_conntrack_max net.netfilter.nf_conntrack_tcp_timeout_established
  net.netfilter.nf_conntrack_tcp_timeout_close_wait net.ipv4.conf.all.route_localnet vm.overcommit_memory vm.panic_on_oom kernel.panic kernel.panic_on_oops
  kernel.keys.root_maxkeys kernel.keys.root_maxbytes)

remember_what_was() {
  local each
  for each in "${TRACES[@]}"; do [ -e "$each" ] || echo "$each"; done >"$NATIVE_STATE/traces"
  sysctl "${SETTINGS[@]}" 2>/dev/null | sed 's/ = /=/' >"$NATIVE_STATE/settings" || true
}

cluster_down() {
  if [ ! -e "$NATIVE_STATE" ]; then return; fi
  native_programs
  stop kube-proxy kubelet kube-scheduler kube-controller-manager kube-apiserver
  remove_pods
  stop containerd etcd
  "$PROGRAMS/kube-proxy" --cleanup --config="$NATIVE_STATE/kube-proxy.yaml" >/dev/null 2>&1 || true
  remove_kubelet_chains
  if [ -e "/sys/class/net/$NATIVE_BRIDGE" ]; then ip link del "$NATIVE_BRIDGE"; fi
  unmount_below "$NATIVE_STATE/" /var/lib/kubelet/
  remove_control_groups
  if [ -s "$NATIVE_STATE/settings" ]; then sysctl -q -p "$NATIVE_STATE/settings" >/dev/null 2>&1 || true; fi
  while read -r each; do
    # Network namespaces are mounts; those of a containerd that was killed are still there.
    unmount_below "$each/"
    rm -rf --one-file-system "$each"
  done < <(cat "$NATIVE_STATE/traces" 2>/dev/null)
  find /var/lib/cni/results -name 'assay-*' -delete 2>/dev/null || true
  rm -rf --one-file-system "$NATIVE_STATE"
}

# Kills what runs in containers, then the shims that held them and the network namespaces they were in.
remove_pods() {
  local id pid namespaces
  if alive containerd; then
    namespaces=$(for id in $(ctr_here containers ls -q); do ctr_here containers info "$id"; done | grep -o '/run/netns/cni-[0-9a-f-]*' | sort -u) || true
    for id in $(ctr_here tasks ls -q); do ctr_here tasks kill -s KILL "$id" 2>/dev/null || true; done
    for id in $(ctr_here tasks ls -q); do ctr_here tasks delete -f "$id" >/dev/null 2>&1 || true; done
    for id in $namespaces; do
      umount "$id" 2>/dev/null || true
      rm -f "$id"
    done
  fi
  for pid in $(shims); do kill -KILL "$pid" 2>/dev/null || true; done
}

# The processes between containerd and the containers of this cluster, found by its socket in their arguments.
shims() {
  local cmdline
  for cmdline in /proc/[0-9]*/cmdline; do
    if tr '\0' ' ' <"$cmdline" 2>/dev/null | grep -q "containerd-shim.*$NATIVE_SOCKET"; then basename "$(dirname "$cmdline")"; fi
  done
}

# The kubelet makes these and never removes them; nothing else on a machine without Kubernetes has their names.
remove_kubelet_chains() {
  local command table chain rule
  for command in iptables ip6tables; do
    have "$command" || continue
    for table in filter nat mangle; do
      "$command-save" -t "$table" 2>/dev/null | grep -E '^-A .*-j KUBE-' | sed -E 's/^-A/-D/; s/ -m comment --comment ("[^"]*"|[^ ]*)//' | while read -ra rule; do
        "$command" -t "$table" "${rule[@]}" 2>/dev/null || true
      done
      for chain in $("$command-save" -t "$table" 2>/dev/null | sed -n 's/^:\(KUBE-[^ ]*\).*/\1/p'); do
        "$command" -t "$table" -F "$chain" 2>/dev/null || true
      done
      for chain in $("$command-save" -t "$table" 2>/dev/null | sed -n 's/^:\(KUBE-[^ ]*\).*/\1/p'); do
        "$command" -t "$table" -X "$chain" 2>/dev/null || true
      done
    done
  done
}

unmount_below() { # FOLDER/...
  local folder
  for folder; do awk -v s="$folder" 'index($2, s) == 1 {print $2}' /proc/mounts | sort -r | xargs -r umount -l; done
}

remove_control_groups() {
  find /sys/fs/cgroup -depth -type d -path '*/kubepods*' -exec rmdir {} + 2>/dev/null || true
}
