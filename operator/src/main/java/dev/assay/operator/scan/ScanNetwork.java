package dev.assay.operator.scan;

import dev.assay.api.ScanPolicy;
import dev.assay.api.Vocabulary.Labels;
import dev.assay.operator.bucket.BucketNames;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Who the pods of a ScanPolicy may talk to (decision 7): nobody comes in; out go name look-ups
/// and, for scans, the data planes of the namespace. Databases and servers are named by host, which
/// a NetworkPolicy cannot: their ports are open, but never to link-local addresses, where clouds
/// keep their metadata.
public final class ScanNetwork {
  /// S3 port of a data plane (`docs/reference/control-port.md`).
  private static final int S3_PORT = 8080;

  /// The one cloud whose IPv6 metadata address is not link-local.
  private static final String EC2_METADATA = "fd00:ec2::254/128";

  private static final int DNS_PORT = 53;
  private static final int HTTPS_PORT = 443;
  private static final Pattern REGISTRY_PORT = Pattern.compile("^[^/:]+:([0-9]{1,5})/");

  private ScanNetwork() {}

  /// The policies of scan and of database pods, owned by the ScanPolicy.
  public static List<NetworkPolicy> of(ScanPolicy policy, ScanInputs inputs, Cache cache) {
    return List.of(
        object(policy, "assay-scan-", PodParts.COMPONENT, scanning(inputs, cache)),
        object(policy, "assay-scan-db-", DatabaseJob.COMPONENT, refreshing(inputs)));
  }

  private static List<NetworkPolicyEgressRule> scanning(ScanInputs inputs, Cache cache) {
    var rules = new ArrayList<>(List.of(dns(), dataPlanes()));
    var ports = new TreeSet<Integer>();
    if (inputs.asksServer()) {
      ports.add(portOf(URI.create(inputs.serverUrl())));
    }
    if (cache instanceof Cache.Fresh) {
      ports.addAll(mirrors(inputs));
    }
    if (!inputs.offline()) {
      ports.add(HTTPS_PORT);
    }
    ports.forEach(port -> rules.add(anywhere(port)));
    return rules;
  }

  private static List<NetworkPolicyEgressRule> refreshing(ScanInputs inputs) {
    var ports = new TreeSet<>(mirrors(inputs));
    if (inputs.asksServer()) {
      ports.add(portOf(URI.create(inputs.serverUrl())));
    }
    return Stream.concat(Stream.of(dns()), ports.stream().map(ScanNetwork::anywhere)).toList();
  }

  private static List<Integer> mirrors(ScanInputs inputs) {
    return Stream.of(inputs.dbRepository(), inputs.javaDbRepository())
        .map(ScanNetwork::portOf)
        .distinct()
        .toList();
  }

  private static int portOf(String reference) {
    var port = REGISTRY_PORT.matcher(reference);
    return port.find() ? Integer.parseInt(port.group(1)) : HTTPS_PORT;
  }

  private static int portOf(URI server) {
    if (server.getPort() > 0) {
      return server.getPort();
    }
    return "http".equals(server.getScheme()) ? 80 : HTTPS_PORT;
  }

  private static NetworkPolicyEgressRule dns() {
    return new NetworkPolicyEgressRuleBuilder()
        .withPorts(port("UDP", DNS_PORT), port("TCP", DNS_PORT))
        .build();
  }

  private static NetworkPolicyEgressRule dataPlanes() {
    return new NetworkPolicyEgressRuleBuilder()
        .withTo(
            new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .addToMatchLabels(Labels.NAME, BucketNames.DATA_PLANE)
                .endPodSelector()
                .build())
        .withPorts(port("TCP", S3_PORT))
        .build();
  }

  private static NetworkPolicyEgressRule anywhere(int port) {
    return new NetworkPolicyEgressRuleBuilder()
        .withTo(
            addresses("0.0.0.0/0", "169.254.0.0/16"),
            addresses("::/0", "fe80::/10", EC2_METADATA),
            pods())
        .withPorts(port("TCP", port))
        .build();
  }

  private static NetworkPolicyPeer addresses(String all, String... but) {
    return new NetworkPolicyPeerBuilder()
        .withNewIpBlock()
        .withCidr(all)
        .withExcept(but)
        .endIpBlock()
        .build();
  }

  // Some networks (Cilium) do not count a pod's address among a block's.
  private static NetworkPolicyPeer pods() {
    return new NetworkPolicyPeerBuilder().withNewNamespaceSelector().endNamespaceSelector().build();
  }

  private static NetworkPolicyPort port(String protocol, int number) {
    return new NetworkPolicyPortBuilder()
        .withProtocol(protocol)
        .withPort(new IntOrString(number))
        .build();
  }

  private static NetworkPolicy object(
      ScanPolicy policy, String prefix, String component, List<NetworkPolicyEgressRule> egress) {
    var of = policy.getMetadata();
    return new NetworkPolicyBuilder()
        .withNewMetadata()
        .withNamespace(of.getNamespace())
        .withName(prefix + of.getName())
        .addToLabels(Labels.MANAGED_BY, Labels.MANAGED_BY_ASSAY)
        .addToLabels(Labels.OWNER_UID, of.getUid())
        .addToLabels(Labels.SCAN_POLICY, of.getName())
        .addNewOwnerReference()
        .withApiVersion(policy.getApiVersion())
        .withKind(policy.getKind())
        .withName(of.getName())
        .withUid(of.getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withNewPodSelector()
        .addToMatchLabels(Labels.MANAGED_BY, Labels.MANAGED_BY_ASSAY)
        .addToMatchLabels(Labels.COMPONENT, component)
        .addToMatchLabels(Labels.SCAN_POLICY, of.getName())
        .endPodSelector()
        .withPolicyTypes("Ingress", "Egress")
        .withEgress(egress)
        .endSpec()
        .build();
  }
}
