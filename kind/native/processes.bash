# shellcheck shell=bash
# Starting and stopping the native cluster's programs, by the process ids that were written down. Sourced by native.bash.

start() { # NAME COMMAND...
  local name=$1
  shift
  setsid "$@" >"$NATIVE_STATE/log/$name.log" 2>&1 </dev/null &
  echo "$!" >"$NATIVE_STATE/run/$name.pid"
}

alive() { # NAME
  local pid
  pid=$(cat "$NATIVE_STATE/run/$1.pid" 2>/dev/null) || return 1
  # The id may have gone to another process since: ours names its state folder or its own name in its arguments.
  [ -r "/proc/$pid/cmdline" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q -e "$NATIVE_STATE" -e "$1"
}

# wait_for NAME SECONDS COMMAND...: until the command succeeds; gives up when the program has died.
wait_for() {
  local name=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1; do
    alive "$name" || die "$name has died. The end of its log, $NATIVE_STATE/log/$name.log:$(printf '\n' && tail -n 15 "$NATIVE_STATE/log/$name.log")"
    [ "$SECONDS" -lt "$deadline" ] || die "$name was not ready in time; see $NATIVE_STATE/log/$name.log"
    sleep 0.2
  done
}

ports_are_free() { # ADDRESS:PORT...
  local each
  for each; do
    if (exec 3<>"/dev/tcp/${each%:*}/${each##*:}") 2>/dev/null; then
      die "something listens on $each already, where the native cluster would. Is another cluster running on this machine?"
    fi
  done
}

start_control_plane() {
  local pki=$NATIVE_STATE/pki
  # No fsync: the cluster is thrown away, and its disk is shared with what is measured.
  start etcd etcd --data-dir "$NATIVE_STATE/etcd" --unsafe-no-fsync --listen-client-urls "$NATIVE_ETCD" \
    --advertise-client-urls "$NATIVE_ETCD" --listen-peer-urls http://127.0.0.1:12380
  start containerd containerd --config "$NATIVE_STATE/containerd.toml"
  # InternalIP: logs and exec would look the node's name up in DNS otherwise.
  start kube-apiserver "$PROGRAMS/kube-apiserver" --etcd-servers="$NATIVE_ETCD" --bind-address="$NATIVE_IP" --secure-port=6443 \
    --advertise-address="$NATIVE_IP" --client-ca-file="$pki/ca.crt" --tls-cert-file="$pki/apiserver.crt" \
    --tls-private-key-file="$pki/apiserver.key" --kubelet-client-certificate="$pki/admin.crt" --kubelet-client-key="$pki/admin.key" \
    --kubelet-certificate-authority="$pki/ca.crt" --service-account-issuer=https://kubernetes.default.svc \
    --service-account-key-file="$pki/service-account.key" --service-account-signing-key-file="$pki/service-account.key" \
    --requestheader-client-ca-file="$pki/ca.crt" --requestheader-allowed-names=front-proxy \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
    --requestheader-extra-headers-prefix=X-Remote-Extra- --proxy-client-cert-file="$pki/front-proxy.crt" \
    --proxy-client-key-file="$pki/front-proxy.key" --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
    --service-cluster-ip-range="$NATIVE_SERVICE_CIDR" --allow-privileged --kubelet-preferred-address-types=InternalIP
  wait_for kube-apiserver 120 api_ready
  start kube-controller-manager "$PROGRAMS/kube-controller-manager" --kubeconfig="$NATIVE_STATE/controller-manager.kubeconfig" \
    --use-service-account-credentials --leader-elect=false --service-account-private-key-file="$pki/service-account.key" \
    --root-ca-file="$pki/ca.crt" --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" \
    --allocate-node-cidrs=false --bind-address=127.0.0.1
  start kube-scheduler "$PROGRAMS/kube-scheduler" --kubeconfig="$NATIVE_STATE/scheduler.kubeconfig" --leader-elect=false --bind-address=127.0.0.1
}

start_node() {
  wait_for containerd 60 ctr_here version
  start kubelet "$PROGRAMS/kubelet" --config="$NATIVE_STATE/kubelet.yaml" --kubeconfig="$NATIVE_STATE/kubelet.kubeconfig" \
    --hostname-override="$NATIVE_NODE" --node-ip="$NATIVE_IP" --root-dir="$NATIVE_STATE/kubelet"
  start kube-proxy "$PROGRAMS/kube-proxy" --config="$NATIVE_STATE/kube-proxy.yaml" --hostname-override="$NATIVE_NODE"
  wait_for kubelet 120 "$KUBECTL" wait --for=create "node/$NATIVE_NODE" --timeout=2s
  wait_for kubelet 120 "$KUBECTL" wait --for=condition=Ready "node/$NATIVE_NODE" --timeout=2s
}

stop() { # NAME...: waits until they are gone. KILL: the state is thrown away, and an API server drains its watches for a minute.
  local name pid
  for name; do
    if alive "$name"; then
      pid=$(cat "$NATIVE_STATE/run/$name.pid")
      kill -KILL "$pid"
      while alive "$name"; do sleep 0.05; done
    fi
    rm -f "$NATIVE_STATE/run/$name.pid"
  done
}
