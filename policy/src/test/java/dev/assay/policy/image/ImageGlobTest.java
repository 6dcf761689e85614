package dev.assay.policy.image;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageGlobTest {
  @ParameterizedTest
  @CsvSource({
    "host.example/team/app, host.example/team/app, true",
    "host.example/team/app, host.example/team/app2, false",
    "host.example/team/app, host.example/team/ap, false",
    "host.example/team/app, host.example/other/team/app, false",
    "host.example/team/app, hostxexample.b/team/app, false",
    "host.example/team/*, host.example/team/app, true",
    "host.example/team/*, host.example/team/app/web, false",
    "host.example/team/**, host.example/team/app, true",
    "host.example/team/**, host.example/team/app/web, true",
    "host.example/team/**, host.example/team, false",
    "host.example/team/**, host.example/teams/app, false",
    "host.example/team**, host.example/teams/app, true",
    "host.example/a*z/app, host.example/az/app, true",
    "host.example/a*z/app, host.example/abcz/app, true",
    "host.example/a*z/app, host.example/a/z/app, false",
    "host.example/**/app, host.example/a/b/app, true",
    "host.example/***, host.example/a/b/app, true",
    "host.example/v1.0/**, host.example/v1x0/app, false",
    "*.example/app, host.example/app, true",
    "*.example/app, host.example:5000/app, false",
    "*.example:5000/app, host.example:5000/app, true",
    "*/team/app, team/app, true",
    "team/app, team/app, false",
    "**, nginx, true",
    "*, nginx, false",
    "nginx, nginx, false",
    "docker.io/library/nginx, nginx, true",
    "index.docker.io/library/nginx, nginx, true",
    "docker.io/**, index.docker.io/a/b, true",
    "Host.example/**, HOST.example/app, true",
    "host.example:443/**, host.example/app, true",
    "host.example/**, host.example:443/app, true",
    "host.example/**, host.example:5000/app, false",
    "host.example:5000/**, host.example:5000/app, true",
    "host.example/app, host.example/app:v2, true",
  })
  void matchesTheWholeName(String glob, String image, boolean matches) {
    assertThat(ImageGlob.of(glob).matches(ImageReferenceTest.read(image))).isEqualTo(matches);
    assertThat(
            ImageGlob.of(glob)
                .matches(
                    ImageReferenceTest.read(image + "@sha256:" + "0".repeat(64))
                        .pinned()
                        .orElseThrow()))
        .isEqualTo(matches);
  }

  @Test
  void manyStarsTakeNoLonger() {
    var glob = ImageGlob.of("h.example/" + "a*".repeat(100) + "z");
    var image = ImageReferenceTest.read("h.example/" + "a".repeat(240));

    assertThat(assertTimeoutPreemptively(ofSeconds(5), () -> glob.matches(image))).isFalse();
  }
}
