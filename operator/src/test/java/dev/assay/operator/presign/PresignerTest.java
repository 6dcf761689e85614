package dev.assay.operator.presign;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class PresignerTest {
  private static final AccessKey KEY = new AccessKey("presign-0a1b", "not-a-real-secret");
  private static final Endpoint ENDPOINT =
      new Endpoint(URI.create("http://releases.demo.svc:8080"), "releases", "us-east-1");
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");
  private static final Validity DAY = new Validity(TEN, Duration.ofHours(24));

  record Case(String name, PresignedCall call, String pathAndFirstQuery) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "a PUT names its session",
            PresignedCall.put("agent/1.4.2/agent", "u-1"),
            "/releases/agent/1.4.2/agent?x-assay-upload=u-1&"),
        new Case(
            "a GET names its version",
            PresignedCall.get("agent/1.4.2/agent", "v9"),
            "/releases/agent/1.4.2/agent?versionId=v9&"),
        new Case(
            "a part names upload and number",
            PresignedCall.part("a", "u-1", 7),
            "/releases/a?partNumber=7&uploadId=u-1&"),
        new Case(
            "completing is a POST",
            PresignedCall.complete("a", "u-1"),
            "/releases/a?uploadId=u-1&"),
        new Case(
            "aborting is a DELETE", PresignedCall.abort("a", "u-1"), "/releases/a?uploadId=u-1&"),
        new Case(
            "a report has no query of its own",
            PresignedCall.publish(".assay/reports/ab/j/1/report.json.gz"),
            "/releases/.assay/reports/ab/j/1/report.json.gz?X-Amz"),
        new Case(
            "what is not unreserved is encoded, slashes stay, empty segments too",
            PresignedCall.publish("a//b +*~%/ü"),
            "/releases/a//b%20%2B%2A~%25/%C3%BC?X-Amz"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesPathAndQuery(Case c) {
    var url = Presigner.url(ENDPOINT, c.call(), KEY, DAY).toString();

    assertThat(url).startsWith("http://releases.demo.svc:8080" + c.pathAndFirstQuery());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void signsNothingButTheHost(Case c) {
    var query = query(Presigner.url(ENDPOINT, c.call(), KEY, DAY));

    assertThat(query)
        .containsEntry("X-Amz-SignedHeaders", "host")
        .containsEntry("X-Amz-Date", "20261122T100000Z")
        .containsEntry("X-Amz-Expires", "86400")
        .containsEntry(
            "X-Amz-Credential", "presign-0a1b%2F20261122%2Fus-east-1%2Fs3%2Faws4_request");
    assertThat(query.keySet())
        .filteredOn(name -> name.toLowerCase(java.util.Locale.ROOT).contains("checksum"))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheSameUrlAgain(Case c) {
    assertThat(Presigner.url(ENDPOINT, c.call(), KEY, DAY))
        .isEqualTo(Presigner.url(ENDPOINT, c.call(), KEY, DAY));
  }

  @Test
  void agreesWithTheSdksOwnPresigner() {
    try (var sdk =
        S3Presigner.builder()
            .endpointOverride(ENDPOINT.base())
            .region(Region.of(ENDPOINT.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(KEY.id(), KEY.secret())))
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build()) {
      var theirs =
          URI.create(
              sdk.presignGetObject(p ->
                      p.signatureDuration(Duration.ofHours(24))
                          .getObjectRequest(
                              g -> g.bucket("releases").key("a b/ü+1~*").versionId("v9")))
                  .url()
                  .toString());
      var at = Instant.parse(iso(query(theirs).getOrDefault("X-Amz-Date", "")));

      var ours =
          Presigner.url(
              ENDPOINT,
              PresignedCall.get("a b/ü+1~*", "v9"),
              KEY,
              new Validity(at, Duration.ofHours(24)));

      assertThat(ours.getRawPath()).isEqualTo(theirs.getRawPath());
      assertThat(query(ours)).isEqualTo(query(theirs));
    }
  }

  @Test
  void neverPrintsTheSecretKey() {
    assertThat(KEY.toString()).isEqualTo("AccessKey[presign-0a1b]");
  }

  @Test
  void validityIsInWholeSecondsAndAtMostAWeek() {
    var validity = new Validity(TEN.plusMillis(999), Duration.ofDays(8));

    assertThat(validity.issuedAt()).isEqualTo(TEN);
    assertThat(validity.life()).isEqualTo(Duration.ofDays(7));
    assertThat(validity.notAfter()).isEqualTo(TEN.plus(7, ChronoUnit.DAYS));
    assertThat(new Validity(TEN, Duration.ZERO).life()).isEqualTo(Duration.ofSeconds(1));
  }

  private static Map<String, String> query(URI url) {
    var found = new TreeMap<String, String>();
    Arrays.stream(url.getRawQuery().split("&"))
        .map(p -> p.split("=", 2))
        .forEach(p -> found.put(p[0], p[1]));
    return found;
  }

  private static String iso(String basic) {
    return basic.replaceFirst(
        "(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)Z", "$1-$2-$3T$4:$5:$6Z");
  }
}
