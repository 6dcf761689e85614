package dev.assay.policy.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.policy.image.ImageReference.Read;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageReferenceTest {
  private static final String HEX = "a".repeat(64);
  private static final String AT = "@sha256:" + HEX;

  @ParameterizedTest
  @CsvSource({
    "nginx, docker.io/library/nginx, ''",
    "nginx:1.2, docker.io/library/nginx, 1.2",
    "team/app, docker.io/team/app, ''",
    "docker.io/app, docker.io/library/app, ''",
    "index.docker.io/team/app, docker.io/team/app, ''",
    "index.docker.io:443/app, docker.io/library/app, ''",
    "index.docker.io:5000/app, index.docker.io:5000/app, ''",
    "localhost/app, localhost/app, ''",
    "localhost:5000/app:v1, localhost:5000/app, v1",
    "registry.example.com/a/b/c, registry.example.com/a/b/c, ''",
    "Registry.Example.COM/a, registry.example.com/a, ''",
    "REGISTRY/a, registry/a, ''",
    "registry.example.com:443/a, registry.example.com/a, ''",
    "registry.example.com:0443/a, registry.example.com/a, ''",
    "registry.example.com:0/a, registry.example.com:0/a, ''",
    "registry.example.com:05000/a, registry.example.com:5000/a, ''",
    "[fd00::1]:5000/a, [fd00::1]:5000/a, ''",
    "[FD00::1]/a, [fd00::1]/a, ''",
    "10.0.0.1:5000/a, 10.0.0.1:5000/a, ''",
    "a-b.example/x__y/p--q/r.s_t, a-b.example/x__y/p--q/r.s_t, ''"
  })
  void isWhatContainerdMakesOfIt(String text, String name, String tag) {
    var image = read(text);

    assertThat(image.name()).isEqualTo(name);
    assertThat(image.tag().orElse("")).isEqualTo(tag);
    assertThat(image.pinned()).isEmpty();
    assertThat(read(text + AT).pinned()).hasToString("Optional[" + name + AT + "]");
    assertThat(read(text + AT).pinned().orElseThrow().name()).isEqualTo(name);
    assertThat(read(text + AT).tag()).isEqualTo(image.tag());
  }

  static Stream<String> malformed() {
    return Stream.of(
        "",
        ":tag",
        "@sha256:" + HEX,
        HEX,
        "app@",
        "app@sha256:" + "a".repeat(63),
        "app@sha256:" + "A".repeat(64),
        "app@sha512:" + "a".repeat(128),
        "app@sha256:" + HEX + "@sha256:" + HEX,
        "app:",
        "app:.hidden",
        "app:" + "t".repeat(129),
        "app:a:b",
        "app:v1 ",
        " app",
        "app\n",
        "APP",
        "team/APP",
        "a//b",
        "/a",
        "a/",
        "registry.example.com/",
        "registry.example.com:/a",
        "registry.example.com:123456/a",
        "registry.example.com./a",
        ".example.com/a",
        "-a.example/a",
        "a..example/a",
        "user@host.example/a",
        "https://host.example/a",
        "host.example/../a",
        "host.example/a/./b",
        "host.example/a___b",
        "host.example/-a",
        "host.example/a-",
        "host.exämple/a",
        "[fd00::1/a",
        "[zz]/a",
        "host.example/" + "a".repeat(243),
        "a".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsNoImageIsRefused(String text) {
    assertThat(ImageReference.read(text)).isInstanceOf(Read.Malformed.class);
  }

  @ParameterizedTest
  @CsvSource({"242, true", "243, false"})
  void aNameHasAtMost255Characters(int length, boolean isImage) {
    var read = ImageReference.read("host.example/" + "a".repeat(length));

    assertThat(read instanceof Read.Image).isEqualTo(isImage);
  }

  @ParameterizedTest
  @CsvSource({"128, true", "129, false"})
  void aTagHasAtMost128Characters(int length, boolean isImage) {
    var longest = "host.example/" + "a".repeat(242) + ":" + "t".repeat(length) + AT;

    assertThat(ImageReference.read(longest) instanceof Read.Image).isEqualTo(isImage);
  }

  static ImageReference read(String text) {
    return ((Read.Image) ImageReference.read(text)).image();
  }
}
