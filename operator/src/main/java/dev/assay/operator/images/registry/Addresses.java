package dev.assay.operator.images.registry;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// Addresses at which no registry is, but something that answers whoever reaches it.
///
/// Private networks are not among them: registries within a cluster live there.
final class Addresses {
  /// Metadata services outside 169.254.0.0/16: AWS over IPv6, Alibaba, Azure's host, Oracle.
  private static final Set<InetAddress> METADATA =
      Set.of(
          InetAddress.ofLiteral("fd00:ec2::254"),
          InetAddress.ofLiteral("100.100.100.200"),
          InetAddress.ofLiteral("168.63.129.16"),
          InetAddress.ofLiteral("192.0.0.192"));

  /// NAT64 (RFC 6052): the last four bytes are an IPv4 address.
  private static final byte[] NAT64 = HexFormat.of().parseHex("0064ff9b0000000000000000");

  private Addresses() {}

  /// What an address is that may not be asked; empty when it may.
  static Optional<String> forbidden(InetAddress address) {
    if (address.isLoopbackAddress()) {
      return Optional.of("a loopback address");
    }
    if (address.isAnyLocalAddress() || isThisNetwork(address)) {
      return Optional.of("an address of this host");
    }
    if (address.isLinkLocalAddress()) {
      return Optional.of("a link-local address");
    }
    if (address.isMulticastAddress() || isReserved(address)) {
      return Optional.of("a multicast or broadcast address");
    }
    if (METADATA.contains(address)) {
      return Optional.of("a metadata service");
    }
    return embedded(address).flatMap(Addresses::forbidden);
  }

  // 0.0.0.0/8 (RFC 1122): Linux reaches itself by it.
  private static boolean isThisNetwork(InetAddress address) {
    return address instanceof Inet4Address && address.getAddress()[0] == 0;
  }

  // 240.0.0.0/4, with the broadcast address.
  private static boolean isReserved(InetAddress address) {
    return address instanceof Inet4Address && (address.getAddress()[0] & 0xf0) == 0xf0;
  }

  /// The IPv4 address within an IPv6 one: NAT64, 6to4 and the obsolete compatible form. The JDK has
  /// taken the mapped form (`::ffff:…`) apart already.
  private static Optional<InetAddress> embedded(InetAddress address) {
    var bytes = address.getAddress();
    if (!(address instanceof Inet6Address six)) {
      return Optional.empty();
    }
    if (Arrays.equals(bytes, 0, 12, NAT64, 0, 12) || six.isIPv4CompatibleAddress()) {
      return Optional.of(four(bytes, 12));
    }
    return bytes[0] == 0x20 && bytes[1] == 0x02 ? Optional.of(four(bytes, 2)) : Optional.empty();
  }

  private static InetAddress four(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
