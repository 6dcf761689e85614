package dev.assay.policy.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PurlTest {
  record Read(String text, Purl purl) {}

  static Stream<Read> read() {
    return Stream.of(
        new Read(
            "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
            purl("maven", "org.apache.logging.log4j", "log4j-core", "2.14.1")),
        new Read("PKG:Maven/G/A", purl("maven", "G", "A", "")),
        new Read("pkg://npm/lodash@4.17.20", purl("npm", "", "lodash", "4.17.20")),
        new Read("pkg:npm/%40Angular/core@12.0.0", purl("npm", "@angular", "core", "12.0.0")),
        new Read("pkg:npm/@angular/core", purl("npm", "@angular", "core", "")),
        new Read("pkg:npm/@core", purl("npm", "", "@core", "")),
        new Read("pkg:pypi/Django_Rest@1.0+local", purl("pypi", "", "django-rest", "1.0+local")),
        new Read("pkg:generic/a_B", purl("generic", "", "a_B", "")),
        new Read(
            "pkg:golang/GitHub.com/Sirupsen/Logrus@v1.9.0",
            purl("golang", "github.com/sirupsen", "logrus", "v1.9.0")),
        new Read(
            "pkg:deb/debian/zlib1g@1%3A1.2?Arch=amd64&distro=debian-12&empty=&=x&alone",
            new Purl(
                "deb",
                "debian",
                "zlib1g",
                "1:1.2",
                Map.of("arch", "amd64", "distro", "debian-12"),
                "")),
        new Read(
            "pkg:golang/a/b@1?x=y#/cmd/tool/",
            new Purl("golang", "a", "b", "1", Map.of("x", "y"), "cmd/tool")),
        new Read("pkg:generic/a@1#s%20t", new Purl("generic", "", "a", "1", Map.of(), "s t")),
        new Read("pkg:generic//a/", purl("generic", "", "a", "")));
  }

  @ParameterizedTest
  @MethodSource("read")
  void readsWhatTheSpecificationAllows(Read c) {
    assertThat(Purl.read(c.text())).isEqualTo(new Purl.Reading.Ok(c.purl()));
  }

  record Refused(String text, String problem) {}

  static Stream<Refused> refused() {
    return Stream.of(
        new Refused("", "'' does not begin with pkg:"),
        new Refused("maven/a/b", "'maven/a/b' does not begin with pkg:"),
        new Refused("pkg:maven", "'pkg:maven' names no package: pkg:<type>/<name> is the least"),
        new Refused("pkg:/maven", "'pkg:/maven' names no package: pkg:<type>/<name> is the least"),
        new Refused("pkg:maven/", "'pkg:maven/' names no package: pkg:<type>/<name> is the least"),
        new Refused(
            "pkg:generic/a%4", "'pkg:generic/a%4' has a '%' that no two hexadecimal digits follow"),
        new Refused(
            "pkg:generic/a%x4",
            "'pkg:generic/a%x4' has a '%' that no two hexadecimal digits follow"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void saysWhatIsWrong(Refused c) {
    assertThat(Purl.read(c.text())).isEqualTo(new Purl.Reading.Malformed(c.problem()));
  }

  record Cover(String name, String pattern, String found, boolean covers) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Cover> covers() {
    return Stream.of(
        new Cover("the same", "pkg:maven/g/a@1", "pkg:maven/g/a@1", true),
        new Cover("no version covers every version", "pkg:maven/g/a", "pkg:maven/g/a@1", true),
        new Cover("another version", "pkg:maven/g/a@1", "pkg:maven/g/a@1.0", false),
        new Cover("a version where none was found", "pkg:maven/g/a@1", "pkg:maven/g/a", false),
        new Cover("another type", "pkg:npm/g/a", "pkg:maven/g/a", false),
        new Cover("another namespace", "pkg:maven/h/a", "pkg:maven/g/a", false),
        new Cover("no namespace is not any namespace", "pkg:maven/a", "pkg:maven/g/a", false),
        new Cover("another name", "pkg:maven/g/b", "pkg:maven/g/a", false),
        new Cover("maven keeps its case", "pkg:maven/g/A", "pkg:maven/g/a", false),
        new Cover("pypi does not", "pkg:pypi/Foo_Bar", "pkg:pypi/foo-bar@1", true),
        new Cover("more qualifiers", "pkg:deb/d/a", "pkg:deb/d/a@1?arch=amd64", true),
        new Cover("equal qualifier", "pkg:deb/d/a?arch=x", "pkg:deb/d/a?arch=x&b=c", true),
        new Cover("another qualifier", "pkg:deb/d/a?arch=x", "pkg:deb/d/a?arch=y", false),
        new Cover("a qualifier that is absent", "pkg:deb/d/a?arch=x", "pkg:deb/d/a", false),
        new Cover("no subpath covers each", "pkg:golang/a/b", "pkg:golang/a/b#c", true),
        new Cover("equal subpath", "pkg:golang/a/b#c", "pkg:golang/a/b#c", true),
        new Cover("another subpath", "pkg:golang/a/b#c", "pkg:golang/a/b#d", false));
  }

  @ParameterizedTest
  @MethodSource("covers")
  void coversByTheDocumentedRules(Cover c) {
    assertThat(ok(c.pattern()).covers(ok(c.found()))).isEqualTo(c.covers());
  }

  private static Purl ok(String text) {
    return ((Purl.Reading.Ok) Purl.read(text)).purl();
  }

  private static Purl purl(String type, String namespace, String name, String version) {
    return new Purl(type, namespace, name, version, Map.of(), "");
  }
}
