package dev.assay.operator.images.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, a loopback address",
    "127.255.0.9, a loopback address",
    "::1, a loopback address",
    "::ffff:127.0.0.1, a loopback address",
    "64:ff9b::127.0.0.1, a loopback address",
    "2002:7f00:1::, a loopback address",
    "::127.0.0.1, a loopback address",
    "0.0.0.0, an address of this host",
    "0.1.2.3, an address of this host",
    "::, an address of this host",
    "169.254.169.254, a link-local address",
    "169.254.0.1, a link-local address",
    "fe80::1, a link-local address",
    "64:ff9b::a9fe:a9fe, a link-local address",
    "224.0.0.1, a multicast or broadcast address",
    "ff02::1, a multicast or broadcast address",
    "240.0.0.1, a multicast or broadcast address",
    "255.255.255.255, a multicast or broadcast address",
    "fd00:ec2::254, a metadata service",
    "100.100.100.200, a metadata service",
    "168.63.129.16, a metadata service",
    "192.0.0.192, a metadata service",
  })
  void someAddressesAreNobodysRegistry(String address, String why) {
    assertThat(Addresses.forbidden(InetAddress.ofLiteral(address))).contains(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "223.255.255.255",
        "fd00::1",
        "fd00:ec2::253",
        "2606:4700::1111",
        "64:ff9b::1.1.1.1",
        "64:ff9b:1::7f00:1",
        "2002:101:101::",
        "2003:7f00:1::",
        "3002:7f00:1::"
      })
  void allOthersMayBe(String address) {
    assertThat(Addresses.forbidden(InetAddress.ofLiteral(address))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://1.1.1.1/v2/, is not https",
    "http://10.0.0.9:5001/v2/, is not https",
    "ftp://10.0.0.9:5000/v2/, is not https",
    "https://127.0.0.1/v2/, is a loopback address",
    "https://[::1]/v2/, is a loopback address",
    "https://localhost/v2/, is a loopback address",
    "https://169.254.169.254/latest, is a link-local address",
    "https://10.96.0.1/api, is the Kubernetes API's address",
    "https://10.96.0.1:5000/api, is the Kubernetes API's address",
    "https://user@1.1.1.1/, without a host",
    "https:///v2/, without a host",
    "v2/relative, without a host"
  })
  void thePerimeterSaysWhy(String uri, String why) {
    var perimeter = Perimeter.of(List.of(" 10.0.0.9:5000 "), "10.96.0.1");

    assertThatThrownBy(() -> perimeter.check(URI.create(uri)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  @Test
  void whatIsListedIsExempt() throws IOException {
    var perimeter = Perimeter.of(List.of("10.96.0.1:5000", "Localhost:5001"), "10.96.0.1");

    perimeter.check(URI.create("http://10.96.0.1:5000/v2/"));
    perimeter.check(URI.create("https://LOCALHOST:5001/v2/"));
    perimeter.check(URI.create("https://1.1.1.1/v2/"));

    assertThat(perimeter.scheme("localhost:5001")).isEqualTo("http");
    assertThat(perimeter.scheme("localhost")).isEqualTo("https");
  }
}
