package dev.assay.operator.images.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Where the operator may go in a stranger's name: https only, and to no address that answers the
/// operator because it is the operator (decision 4). What the administrator lists is exempt.
///
/// An address is looked up here and once more by the JDK's client, which takes none from us. Both
/// see the JVM's cache, whose entries live 30 s. What remains is a name that changes its address in
/// the milliseconds between the two while its entry ends; it then reaches something that speaks TLS
/// with a certificate for that name, at a port that the operator's NetworkPolicy opens (not 80,
/// where metadata services answer).
///
/// @param insecure hosts with their ports that are asked by http, wherever they are
/// @param apiServer host of the Kubernetes API
public record Perimeter(Set<String> insecure, String apiServer) {
  public static Perimeter of(List<String> insecure, String apiServer) {
    return new Perimeter(
        Set.copyOf(insecure.stream().map(h -> h.strip().toLowerCase(Locale.ROOT)).toList()),
        apiServer);
  }

  String scheme(String host) {
    return insecure.contains(host) ? "http" : "https";
  }

  /// Ends with a sentence that says why when this may not be asked.
  void check(URI uri) throws IOException {
    var host = uri.getHost();
    if (host == null || uri.getRawUserInfo() != null) {
      throw new IOException("a registry leads to an address without a host");
    }
    var listed = insecure.contains(authority(uri));
    if (!"https".equals(uri.getScheme()) && !(listed && "http".equals(uri.getScheme()))) {
      throw new IOException(
          "%s is not https, and not in the operator's assay.images.insecure-registries"
              .formatted(origin(uri)));
    }
    if (!listed) {
      checkAddress(host);
    }
  }

  private void checkAddress(String host) throws IOException {
    var kubernetes = Arrays.asList(InetAddress.getAllByName(apiServer));
    for (var address : InetAddress.getAllByName(host)) {
      var why = Addresses.forbidden(address);
      if (why.isPresent() || kubernetes.contains(address)) {
        throw new IOException(
            "%s is %s, where no registry is asked; see assay.images.insecure-registries"
                .formatted(host, why.orElse("the Kubernetes API's address")));
      }
    }
  }

  /// Whether both are the same server.
  static boolean sameOrigin(URI one, URI other) {
    return origin(one).equals(origin(other));
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + authority(uri);
  }

  private static String authority(URI uri) {
    var host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    return uri.getPort() < 0 ? host : host + ":" + uri.getPort();
  }
}
