package dev.assay.dataplane.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.dataplane.http.Headers;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ranges, conditions, targets, operations and metadata: what is read out of a request's head.
class RequestReadingTest {
  private static final Instant MODIFIED = Instant.parse("2026-11-22T12:00:00.900Z");

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 10, 0, 1",
    "bytes=2-4, 10, 2, 3",
    "bytes=2-, 10, 2, 8",
    "bytes=2-99999999999, 10, 2, 8",
    "bytes=9-9, 10, 9, 1",
    "bytes=-3, 10, 7, 3",
    "bytes=-99, 10, 0, 10",
    "'bytes= 2-4', 10, 2, 3",
  })
  void aRangeIsASlice(String header, long size, long offset, long length) {
    assertThat(Range.of(header, size)).isEqualTo(new Range.Slice(offset, length));
  }

  @ParameterizedTest
  @CsvSource({"bytes=10-, 10", "bytes=10-11, 10", "bytes=-0, 10", "bytes=0-0, 0", "bytes=-1, 0"})
  void aRangeAfterTheEndIsRefused(String header, long size) {
    assertThat(Range.of(header, size)).isEqualTo(new Range.Unsatisfiable());
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=4-2, 10",
    "'bytes=0-1,3-4', 10",
    "lines=0-1, 10",
    "bytes=-, 10",
    "bytes=a-b, 10",
    "bytes=0-9999999999999999999, 10"
  })
  void whatIsNotOneRangeGetsTheWhole(String header, long size) {
    assertThat(Range.of(header, size)).isEqualTo(new Range.Whole());
  }

  @ParameterizedTest
  @CsvSource({
    "if-match, '\"e\"', Proceed",
    "if-match, e, Proceed",
    "if-match, *, Proceed",
    "if-match, '\"x\", \"e\"', Proceed",
    "if-match, '\"x\"', PreconditionFailed",
    "if-none-match, '\"e\"', NotModified",
    "if-none-match, 'W/\"e\"', NotModified",
    "if-none-match, '\"x\"', Proceed",
    "if-modified-since, 'Sun, 22 Nov 2026 12:00:00 GMT', NotModified",
    "if-modified-since, 'Sun, 22 Nov 2026 11:59:59 GMT', Proceed",
    "if-modified-since, yesterday, Proceed",
    "if-unmodified-since, 'Sun, 22 Nov 2026 12:00:00 GMT', Proceed",
    "if-unmodified-since, 'Sun, 22 Nov 2026 11:59:59 GMT', PreconditionFailed",
  })
  void conditionsAreJudgedToTheSecond(String header, String value, Conditions.Outcome outcome) {
    var headers = Headers.of(Map.of(header, value).entrySet());

    assertThat(Conditions.judge(headers, "e", MODIFIED)).isEqualTo(outcome);
  }

  @Test
  void anEtagOutweighsADate() {
    var headers =
        Headers.of(
            Map.of(
                    "if-match", "\"e\"",
                    "if-unmodified-since", "Sun, 22 Nov 2026 11:00:00 GMT",
                    "if-none-match", "\"x\"",
                    "if-modified-since", "Sun, 22 Nov 2026 13:00:00 GMT")
                .entrySet());

    assertThat(Conditions.judge(headers, "e", MODIFIED)).isEqualTo(Conditions.Outcome.Proceed);
  }

  @ParameterizedTest
  @CsvSource({"a/../b", "a/b/../../c", "./a", "a//..", "..a", "a/..", "...", "a/.../../b"})
  void dotsWithinAKeyAreAKey(String key) throws Exception {
    assertThat(Target.parse("/assay/" + key)).isEqualTo(new Target.OfObject("assay", key));
  }

  @ParameterizedTest
  @CsvSource({"..", "../a", "a/../../b", "a/b/../../..", "../../etc/passwd"})
  void aKeyThatClimbsOutIsRefused(String key) {
    assertThatThrownBy(() -> Target.parse("/assay/" + key)).hasMessageStartingWith("InvalidURI");
  }

  @Test
  void aKeyHas1024BytesAtMost() throws Exception {
    var longest = "ä".repeat(512);

    assertThat(Target.parse("/b/" + longest)).isEqualTo(new Target.OfObject("b", longest));
    assertThatThrownBy(() -> Target.parse("/b/" + longest + "x"))
        .hasMessageStartingWith("KeyTooLongError");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, ListBuckets",
    "PUT, /, MethodNotAllowed",
    "GET, /b, ListObjects",
    "GET, /b/, ListObjects",
    "GET, /b?list-type=2, ListObjectsV2",
    "GET, /b?versions, ListObjectVersions",
    "GET, /b?versioning, GetBucketVersioning",
    "PUT, /b?versioning, NotImplemented",
    "GET, /b?location, GetBucketLocation",
    "GET, /b?uploads, ListMultipartUploads",
    "GET, /b?policy, NotImplemented",
    "POST, /b?delete, DeleteObjects",
    "POST, /b, NotImplemented",
    "DELETE, /b, NotImplemented",
    "PATCH, /b/k, MethodNotAllowed",
    "GET, /b/k, GetObject",
    "GET, /b/k?acl, NotImplemented",
    "PUT, /b/k?tagging, NotImplemented",
    "DELETE, /b/k?tagging, NotImplemented",
    "GET, /b/k?uploadId=x, ListParts",
    "PUT, /b/k?uploadId=x&partNumber=1, UploadPart",
    "DELETE, /b/k?uploadId=x, AbortMultipartUpload",
    "POST, /b/k?uploads, CreateMultipartUpload",
    "POST, /b/k?uploadId=x, CompleteMultipartUpload",
    "POST, /b/k?restore, NotImplemented",
    "HEAD, /b/k?uploadId=x, HeadObject",
  })
  void aRequestIsOneOperation(String method, String target, Operation operation) throws Exception {
    var head = RequestHead.parse("id", method, target, Headers.NONE);

    assertThat(Operation.of(head, Target.parse(head.path()))).isEqualTo(operation);
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "'=?UTF-8?B?w6Q=?=', ä",
    "'a =?utf-8?q?=C3=A4_b?= c', a ä b c",
    "'=?UTF-8?B?***?=', '=?UTF-8?B?***?='",
    "'=?UTF-8?Q?=C?=', '=?UTF-8?Q?=C?='",
    "'=?UTF-8?Q?=ZZ?=', '=?UTF-8?Q?=ZZ?='",
  })
  void metadataIsReadFromWords(String header, String text) {
    assertThat(Metadata.decode(header)).isEqualTo(text);
  }

  @Test
  void metadataIsReadFromBytesAndWrittenAsWords() throws Exception {
    var bytes = new String("grün".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    var headers = Headers.of(Map.of("X-Amz-Meta-Colour", bytes).entrySet());

    var read = Metadata.read(headers);

    assertThat(read).isEqualTo(Map.of("colour", "grün"));
    assertThat(Metadata.decode(Metadata.encode("grün"))).isEqualTo("grün");
    assertThat(Metadata.encode("grün")).isASCII();
  }

  @Test
  void metadataHas2KibAtMost() throws Exception {
    var most = Headers.of(Map.of("x-amz-meta-k", "v".repeat(2_047)).entrySet());
    var more = Headers.of(Map.of("x-amz-meta-k", "v".repeat(2_048)).entrySet());

    assertThat(Metadata.read(most)).hasSize(1);
    assertThatThrownBy(() -> Metadata.read(more)).hasMessageStartingWith("MetadataTooLarge");
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "'<Delete>'",
    "'<Other/>'",
    "'<Delete><Object><Key>a</Key></Object><Object><Key>b</Key></Object></Delete>'",
    "'<!DOCTYPE x [<!ENTITY e \"v\">]><Delete><Quiet>&e;</Quiet></Delete>'",
    "'<Delete><Object>text</Object></Delete>'"
  })
  void xmlThatIsNotTheDocumentIsRefused(String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> XmlBody.read(bytes, "Delete", "Object", 1))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("MalformedXML");
  }

  @Test
  void xmlIsReadWithAndWithoutNamespace() throws Exception {
    var body =
        "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Quiet>true</Quiet>"
            + "<Object>\n<Key>a &amp; b</Key></Object></Delete>";

    var document = XmlBody.read(body.getBytes(StandardCharsets.UTF_8), "Delete", "Object", 1);

    assertThat(document.fields()).isEqualTo(Map.of("Quiet", "true"));
    assertThat(document.entries()).containsExactly(Map.of("Key", "a & b"));
  }

  @Test
  void xmlHoldsAnyKey() {
    var xml = Xml.error().element("Key", "a<&>\"\u0001\uFFFE\uD83D\uDE00").end();

    assertThat(xml)
        .contains("<Key>a&lt;&amp;&gt;&quot;&#x1;&#xfffe;\uD83D\uDE00</Key>")
        .startsWith("<?xml");
  }
}
