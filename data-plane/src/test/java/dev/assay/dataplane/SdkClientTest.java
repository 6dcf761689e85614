package dev.assay.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.wire.control.DataPlaneConfiguration.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The AWS SDK for Java against a data plane that runs alone, as people first meet it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SdkClientTest {
  private TestServer server;
  private S3Client s3;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    server = TestServer.alone(folder);
    s3 = server.client(Role.ReadWrite);
  }

  @AfterAll
  void stop() {
    s3.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = ChecksumAlgorithm.class,
      names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
  void anObjectComesBackWithItsChecksum(ChecksumAlgorithm algorithm) throws IOException {
    var body = bytes(200_000);
    s3.putObject(
        b -> b.bucket("assay").key("sum/" + algorithm).checksumAlgorithm(algorithm),
        RequestBody.fromBytes(body));

    var got =
        s3.getObject(
            b -> b.bucket("assay").key("sum/" + algorithm).checksumMode(ChecksumMode.ENABLED));

    assertThat(got.readAllBytes()).isEqualTo(body);
    assertThat(got.response().checksumTypeAsString()).isEqualTo("FULL_OBJECT");
  }

  @Test
  void aKeyMayHoldAnything() throws IOException {
    var keys =
        List.of(
            "a",
            "a/",
            "a/b",
            "a//b",
            "a b+c%2Fd",
            "ä/€/𝄞",
            "x\u0001y",
            "q?v=1&w#f",
            "dots/../up",
            "'\"<>&");
    for (var key : keys) {
      s3.putObject(b -> b.bucket("assay").key("any/" + key), RequestBody.fromString(key));
    }

    for (var key : keys) {
      assertThat(s3.getObjectAsBytes(b -> b.bucket("assay").key("any/" + key)).asUtf8String())
          .isEqualTo(key);
    }
    var listed =
        s3.listObjectsV2(b -> b.bucket("assay").prefix("any/").encodingType("url")).contents();
    assertThat(listed).extracting(S3Object::key).hasSameSizeAs(keys);
  }

  @Test
  void metadataComesBack() {
    s3.putObject(
        b ->
            b.bucket("assay")
                .key("meta")
                .contentType("application/x-test")
                .contentEncoding("gzip")
                .contentDisposition("attachment; filename=\"a.txt\"")
                .metadata(Map.of("owner", "team a", "colour", "=?UTF-8?Q?gr=C3=BCn?=")),
        RequestBody.fromString("x"));

    var head = s3.headObject(b -> b.bucket("assay").key("meta"));

    assertThat(head.contentType()).isEqualTo("application/x-test");
    assertThat(head.contentEncoding()).isEqualTo("gzip");
    assertThat(head.contentDisposition()).isEqualTo("attachment; filename=\"a.txt\"");
    assertThat(head.metadata())
        .containsEntry("owner", "team a")
        .containsEntry("colour", "=?UTF-8?B?Z3LDvG4=?=");
    assertThat(head.cacheControl()).isEqualTo("private, no-cache");
  }

  @Test
  void nothingIsThereAfterADelete() {
    s3.putObject(b -> b.bucket("assay").key("gone"), RequestBody.fromString("x"));
    s3.deleteObject(b -> b.bucket("assay").key("gone"));

    assertThatThrownBy(() -> s3.getObject(b -> b.bucket("assay").key("gone")))
        .isInstanceOf(NoSuchKeyException.class);
    s3.deleteObject(b -> b.bucket("assay").key("gone"));
  }

  @ParameterizedTest
  @EnumSource(
      value = ChecksumType.class,
      names = {"COMPOSITE", "FULL_OBJECT"})
  void partsBecomeOneObject(ChecksumType type) throws IOException {
    var whole = bytes(11 << 20);
    var key = "parts/" + type;
    var upload =
        s3.createMultipartUpload(b ->
            b.bucket("assay")
                .key(key)
                .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                .checksumType(type));
    var parts = new ArrayList<CompletedPart>();
    var partSize = 5 << 20;
    for (var number : List.of(3, 1, 2)) {
      var from = (number - 1) * partSize;
      var length = Math.min(partSize, whole.length - from);
      var part =
          s3.uploadPart(
              b ->
                  b.bucket("assay")
                      .key(key)
                      .uploadId(upload.uploadId())
                      .partNumber(number)
                      .checksumAlgorithm(ChecksumAlgorithm.CRC32_C),
              RequestBody.fromByteBuffer(java.nio.ByteBuffer.wrap(whole, from, length).slice()));
      parts.add(
          CompletedPart.builder()
              .partNumber(number)
              .eTag(part.eTag())
              .checksumCRC32C(part.checksumCRC32C())
              .build());
    }
    parts.sort(java.util.Comparator.comparing(CompletedPart::partNumber));

    var done =
        s3.completeMultipartUpload(b ->
            b.bucket("assay")
                .key(key)
                .uploadId(upload.uploadId())
                .multipartUpload(m -> m.parts(parts)));

    assertThat(s3.getObject(b -> b.bucket("assay").key(key)).readAllBytes()).isEqualTo(whole);
    assertThat(done.checksumType()).isEqualTo(type);
    s3.putObject(
        b -> b.bucket("assay").key("plain").checksumAlgorithm(ChecksumAlgorithm.CRC32_C),
        RequestBody.fromBytes(whole));
    var plain =
        s3.headObject(b -> b.bucket("assay").key("plain").checksumMode(ChecksumMode.ENABLED));
    if (type == ChecksumType.FULL_OBJECT) {
      assertThat(done.checksumCRC32C()).isEqualTo(plain.checksumCRC32C());
    } else {
      assertThat(done.checksumCRC32C()).endsWith("-3");
    }
    var slice = s3.getObjectAsBytes(b -> b.bucket("assay").key(key).range("bytes=5242870-5242889"));
    assertThat(slice.asByteArray())
        .isEqualTo(java.util.Arrays.copyOfRange(whole, 5_242_870, 5_242_890));
  }

  @Test
  void listingsRollUpAndPage() {
    var keys = IntStream.range(0, 7).mapToObj(n -> "roll/%d/x".formatted(n)).toList();
    for (var key : keys) {
      s3.putObject(b -> b.bucket("assay").key(key), RequestBody.fromString("x"));
    }

    var pages =
        s3.listObjectsV2Paginator(b -> b.bucket("assay").prefix("roll/").delimiter("/").maxKeys(3));
    var flat =
        s3.listObjectsV2Paginator(
            ListObjectsV2Request.builder()
                .bucket("assay")
                .prefix("roll/")
                .startAfter("roll/1/x")
                .maxKeys(2)
                .build());

    assertThat(pages.commonPrefixes().stream().map(p -> p.prefix()).toList())
        .containsExactly(
            "roll/0/", "roll/1/", "roll/2/", "roll/3/", "roll/4/", "roll/5/", "roll/6/");
    assertThat(flat.contents().stream().map(S3Object::key).toList()).isEqualTo(keys.subList(2, 7));
  }

  @Test
  void aWriteMayDependOnWhatIsThere() {
    var first = s3.putObject(b -> b.bucket("assay").key("if"), RequestBody.fromString("1"));

    assertRefused(
        412,
        "PreconditionFailed",
        () -> s3.putObject(b -> b.bucket("assay").key("if").ifNoneMatch("*"), RequestBody.empty()));
    assertRefused(
        412,
        "PreconditionFailed",
        () -> s3.putObject(b -> b.bucket("assay").key("if").ifMatch("x"), RequestBody.empty()));
    s3.putObject(
        b -> b.bucket("assay").key("if").ifMatch(first.eTag()), RequestBody.fromString("2"));
    assertThat(s3.getObjectAsBytes(b -> b.bucket("assay").key("if")).asUtf8String()).isEqualTo("2");
  }

  @Test
  void presignedUrlsMayNameTheAnswersHeaders() throws Exception {
    s3.putObject(b -> b.bucket("assay").key("named"), RequestBody.fromString("x"));
    try (var presigner = server.presigner(Role.ReadWrite)) {
      var url =
          presigner
              .presignGetObject(p ->
                  p.signatureDuration(Duration.ofMinutes(1))
                      .getObjectRequest(g ->
                          g.bucket("assay")
                              .key("named")
                              .responseContentDisposition("attachment; filename=n")
                              .responseContentType("text/plain")))
              .url();

      var answer = server.send(java.net.http.HttpRequest.newBuilder(url.toURI()).build());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-disposition"))
          .hasValue("attachment; filename=n");
      assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain");
    }
  }

  @Test
  void whatIsNotBuiltSaysSo() {
    assertRefused(501, "NotImplemented", () -> s3.getBucketPolicy(b -> b.bucket("assay")));
    assertRefused(
        501,
        "NotImplemented",
        () ->
            s3.copyObject(b ->
                b.sourceBucket("assay")
                    .sourceKey("a")
                    .destinationBucket("assay")
                    .destinationKey("b")));
    assertRefused(
        501,
        "NotImplemented",
        () ->
            s3.putObject(
                b -> b.bucket("assay").key("k").serverSideEncryption("AES256"),
                RequestBody.empty()));
  }

  @Test
  void theInternalPrefixIsNobodysBusiness() {
    assertRefused(
        403,
        "AccessDenied",
        () -> s3.putObject(b -> b.bucket("assay").key(".assay/x"), RequestBody.empty()));
    assertRefused(
        403, "AccessDenied", () -> s3.deleteObject(b -> b.bucket("assay").key(".assay/x")));
    var many =
        s3.deleteObjects(b ->
            b.bucket("assay")
                .delete(d -> d.objects(ObjectIdentifier.builder().key(".assay/x").build())));
    assertThat(many.errors()).singleElement().matches(e -> e.code().equals("AccessDenied"));
  }

  @Test
  void manyUploadsOfOneKeyLeaveOneOfThemWhole() throws Exception {
    var bodies = IntStream.range(0, 6).mapToObj(n -> bytes(300_000 + n)).toList();
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      for (var body : bodies) {
        var _ =
            threads.submit(() ->
                s3.putObject(b -> b.bucket("assay").key("race"), RequestBody.fromBytes(body)));
      }
    }

    ResponseInputStream<GetObjectResponse> got = s3.getObject(b -> b.bucket("assay").key("race"));

    var bytes = got.readAllBytes();
    assertThat(bodies).anyMatch(body -> java.util.Arrays.equals(body, bytes));
  }

  @Test
  void datesAreRight() {
    var before = Instant.now().minusSeconds(2);
    s3.putObject(b -> b.bucket("assay").key("date"), RequestBody.empty());

    assertThat(s3.headObject(b -> b.bucket("assay").key("date")).lastModified())
        .isBetween(before, Instant.now().plusSeconds(2));
  }

  private static void assertRefused(
      int status, String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(e.requestId()).isNotBlank();
            });
  }

  private static byte[] bytes(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
