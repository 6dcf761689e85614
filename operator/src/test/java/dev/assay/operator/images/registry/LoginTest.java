package dev.assay.operator.images.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.signature.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
  @ParameterizedTest
  @CsvSource({
    "host.example, host.example, app, true",
    "HOST.example, host.example, app, true",
    "https://host.example, host.example, app, true",
    "https://host.example/v2/, host.example, app, true",
    "host.example:443, host.example, app, true",
    "host.example:5000, host.example:5000, app, true",
    "host.example, host.example:5000, app, false",
    "host.example, evil-host.example, app, false",
    "host.example, host.example.evil, app, false",
    "other.example, host.example, app, false",
    "*.example, host.example, app, false",
    "https://index.docker.io/v1/, docker.io, library/nginx, true",
    "docker.io, docker.io, library/nginx, true",
    "host.example/team, host.example, team/app, true",
    "host.example/team/app, host.example, team/app, true",
    "host.example/team, host.example, teams/app, false",
    "host.example/team, host.example, other, false"
  })
  void aPasswordIsForItsRegistry(String entry, String registry, String repository, boolean is) {
    var json = "{\"auths\":{\"%s\":{\"username\":\"u\",\"password\":\"p\"}}}".formatted(entry);

    var login = DockerConfig.of(json, image(registry, repository));

    assertThat(login.isPresent()).isEqualTo(is);
  }

  @Test
  void theLongestEntryCounts() {
    var json =
        """
        {"auths":{"h.example":{"username":"wide","password":"p"},"h.example/a":{"auth":"%s"},
          "h.example/b":{"auth":"bm8gY29sb24="},"h.example/c":{"auth":"!"},"h.example/d":{"username":"u"}}}
        """
            .formatted("bmFycm93OnA6cQ=="); // narrow:p:q

    assertThat(DockerConfig.of(json, image("h.example", "a/x")))
        .contains(new Login.Password("narrow", "p:q"));
    for (var repository : List.of("b/x", "c/x", "d/x", "x")) {
      assertThat(DockerConfig.of(json, image("h.example", repository)))
          .contains(new Login.Password("wide", "p"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"auths\":[]}", "{\"auths\":{\"h.example\":7}}"})
  void whatIsNoConfigurationHoldsNoPassword(String json) {
    assertThat(DockerConfig.of(json, image("h.example", "app"))).isEmpty();
  }

  @Test
  void aPasswordIsNotShown() {
    assertThat(new Login.Password("u", "secret").toString()).doesNotContain("secret");
    assertThat(new Login.Password("Aladdin", "open sesame").header())
        .isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="); // RFC 7617, section 2
  }

  @Test
  void aTokenIsAskedForOneRepository() {
    var challenge =
        Challenge.of(
            List.of(
                "Negotiate",
                "BEARER Realm=\"https://auth.example/token\",service=\"a b\",scope=\"registry:catalog:*\""));

    assertThat(challenge).isEqualTo(new Challenge.Bearer("https://auth.example/token", "a b"));
    assertThat(((Challenge.Bearer) challenge).address("team/app"))
        .isEqualTo("https://auth.example/token?scope=repository%3Ateam%2Fapp%3Apull&service=a+b");
    assertThat(new Challenge.Bearer("https://a.example/t?x=1", "").address("r"))
        .isEqualTo("https://a.example/t?x=1&scope=repository%3Ar%3Apull");
  }

  @Test
  void otherChallengesAreToldApart() {
    assertThat(Challenge.of(List.of("Basic realm=\"x\""))).isEqualTo(new Challenge.Basic());
    for (var header : List.of("Digest realm=\"x\"", "Bearer", "Bearer service=\"s\"", "")) {
      assertThat(Challenge.of(List.of(header))).as(header).isEqualTo(new Challenge.Unknown());
    }
    assertThat(Challenge.of(List.of())).isEqualTo(new Challenge.Unknown());
  }

  private static PinnedImage image(String registry, String repository) {
    return new PinnedImage(registry, repository, Sha256.of("m"));
  }
}
