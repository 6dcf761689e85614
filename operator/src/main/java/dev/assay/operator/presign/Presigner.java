package dev.assay.operator.presign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Signs URLs with the AWS SDK's SigV4 signer: the same arguments give the same URL, byte for byte.
///
/// The signer is called as `S3Presigner` calls it (a test compares the two), because that one takes
/// no clock and would add checksum parameters. Only `host` is signed and the body is not, so a
/// plain `curl -T file "$URL"` is a valid request.
public final class Presigner {
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  private Presigner() {}

  public static URI url(Endpoint endpoint, PresignedCall call, AccessKey key, Validity validity) {
    var unsigned =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(call.method()))
            .uri(endpoint.base())
            .encodedPath(encodedPath(endpoint.bucket(), call.key()));
    call.query().forEach(unsigned::appendRawQueryParameter);
    var request = unsigned.build();
    return SIGNER
        .sign(signing ->
            signing
                .identity(AwsCredentialsIdentity.create(key.id(), key.secret()))
                .request(request)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, endpoint.region())
                .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, validity.life())
                // S3 signs the path as it stands in the request line.
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                .putProperty(
                    HttpSigner.SIGNING_CLOCK, Clock.fixed(validity.issuedAt(), ZoneOffset.UTC)))
        .request()
        .getUri();
  }

  /// `/<bucket>/<key>`, encoded as SigV4 wants it: everything but unreserved characters and
  /// slashes.
  static String encodedPath(String bucket, String key) {
    return "/"
        + encoded(bucket)
        + "/"
        + Arrays.stream(key.split("/", -1))
            .map(Presigner::encoded)
            .collect(Collectors.joining("/"));
  }

  // RFC 3986; URLEncoder writes HTML forms, which differ in these three.
  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
