package dev.assay.operator.owned;

/// Rights on Secrets come from the ClusterRole `assay-tenant`, which whoever owns a namespace binds
/// there to the operator (decision 5).
public final class TenantRole {
  private TenantRole() {}

  /// The command that gives the operator these rights.
  public static String grant(String namespace, String operatorNamespace) {
    return "kubectl create rolebinding assay --namespace %s --clusterrole assay-tenant --serviceaccount %s:assay-operator"
        .formatted(namespace, operatorNamespace);
  }
}
