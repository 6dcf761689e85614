package dev.assay.dataplane;

import dev.assay.wire.control.DataPlaneConfiguration.Role;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// URLs as the operator hands them out, signed by the AWS SDK; only `host` is a signed header.
final class Presigned {
  private Presigned() {}

  static URI inSession(URI endpoint, String key, String session) {
    return url(SdkHttpMethod.PUT, endpoint, key, session, Instant.now());
  }

  /// @param object the object's own URL
  static URI put(URI object, String accessKeyId, String secret) {
    var request = SdkHttpRequest.builder().method(SdkHttpMethod.PUT).uri(object).build();
    return sign(request, AwsCredentialsIdentity.create(accessKeyId, secret), Instant.now());
  }

  static URI get(URI endpoint, String key, Instant signedAt) {
    return url(SdkHttpMethod.GET, endpoint, key, "", signedAt);
  }

  /// Good for five minutes.
  private static URI url(
      SdkHttpMethod method, URI endpoint, String key, String session, Instant signedAt) {
    var request =
        SdkHttpRequest.builder().method(method).uri(endpoint).encodedPath("/assay/" + key);
    if (!session.isEmpty()) {
      request.putRawQueryParameter("x-assay-upload", session);
    }
    var identity =
        AwsCredentialsIdentity.create(Role.Presign.name(), TestServer.secret(Role.Presign.name()));
    return sign(request.build(), identity, signedAt);
  }

  private static URI sign(
      SdkHttpRequest request, AwsCredentialsIdentity identity, Instant signedAt) {
    return AwsV4HttpSigner.create()
        .sign(r ->
            r.identity(identity)
                .request(request)
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                .putProperty(
                    AwsV4FamilyHttpSigner.AUTH_LOCATION,
                    AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(5))
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(signedAt, ZoneOffset.UTC)))
        .request()
        .getUri();
  }
}
