# shellcheck shell=bash
# Certificates and kubeconfigs of the native cluster, made anew at each `up`. Sourced by native.bash.

certificate() { # NAME SUBJECT [SAN]
  local name=$1 subject=$2 san=${3:-} pki=$NATIVE_STATE/pki
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$pki/$name.key" \
    -out "$pki/$name.csr" -subj "$subject" 2>/dev/null
  openssl x509 -req -in "$pki/$name.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 365 -out "$pki/$name.crt" \
    -extfile <(printf 'keyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth,clientAuth\n%s' "${san:+subjectAltName=$san}") 2>/dev/null
}

kubeconfig() { # NAME
  local file=$NATIVE_STATE/$1.kubeconfig pki=$NATIVE_STATE/pki
  (
    umask 077
    cat >"$file" <<YAML
apiVersion: v1
kind: Config
current-context: assay
clusters: [{name: assay, cluster: {server: "https://$NATIVE_IP:6443", certificate-authority-data: $(base64 -w0 "$pki/ca.crt")}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w0 "$pki/$1.crt"), client-key-data: $(base64 -w0 "$pki/$1.key")}}]
contexts: [{name: assay, context: {cluster: assay, user: $1}}]
YAML
  )
}

certificates() {
  local pki=$NATIVE_STATE/pki name
  mkdir -p "$pki"
  chmod 700 "$pki"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$pki/ca.key" -out "$pki/ca.crt" \
    -subj /CN=assay-cluster -days 3650 2>/dev/null
  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$pki/service-account.key" 2>/dev/null
  certificate apiserver /CN=kube-apiserver \
    "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:localhost,IP:127.0.0.1,IP:$NATIVE_IP,IP:10.96.0.1"
  certificate admin /O=system:masters/CN=admin
  certificate controller-manager /CN=system:kube-controller-manager
  certificate scheduler /CN=system:kube-scheduler
  certificate kubelet "/O=system:nodes/CN=system:node:$NATIVE_NODE" "DNS:$NATIVE_NODE,IP:$NATIVE_IP"
  certificate proxy /CN=system:kube-proxy
  certificate front-proxy /CN=front-proxy
  for name in admin controller-manager scheduler kubelet proxy; do kubeconfig "$name"; done
}
