package dev.assay.operator.images.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.operator.images.registry.FakeRegistry.Asked;
import dev.assay.operator.signing.SigningKey;
import dev.assay.policy.image.ImageSignatures;
import dev.assay.policy.image.ImageSignatures.Judgement;
import dev.assay.policy.image.PinnedImage;
import dev.assay.policy.signature.Check;
import dev.assay.policy.signature.Evidence;
import dev.assay.policy.signature.Rule;
import dev.assay.policy.signature.Sha256;
import dev.assay.policy.signature.Signer;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTest {
  private static final SigningKey KEY = new SigningKey();
  private static final Map<String, String> BUNDLES = new ConcurrentHashMap<>();
  private static final Login NOBODY = new Login.Anonymous();
  private static final Login SOMEBODY = new Login.Password("u", "p");
  private static final String BASIC = "Basic dTpw";

  private final FakeRegistry server = new FakeRegistry();
  private final FakeRegistry elsewhere = new FakeRegistry();
  private final PinnedImage image = server.image("team/app");

  @AfterEach
  void close() {
    server.close();
    elsewhere.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bundlesAreFoundByTheApiOrItsFallback(boolean byApi) throws IOException {
    server.sign(image, byApi, bundle());

    assertThat(found().evidence()).containsExactly(new Evidence.Text(bundle()));
    assertThat(isSigned(found())).isTrue();
  }

  @Test
  void theOlderFormatIsFoundBesideTheNew() throws IOException {
    server.signOlder(image, KEY);
    assertThat(isSigned(found())).isTrue();

    server.sign(image, true, "{}");
    assertThat(found().evidence()).hasSize(2);
    assertThat(isSigned(found())).isTrue();
  }

  @Test
  void anUnsignedImageHasNothingBesideIt() throws IOException {
    assertThat(found()).isEqualTo(new ImageSignatures(List.of(), false));

    server.says(FakeRegistry.path(image, "referrers/" + image.digest()), 200, Map.of(), "<html>");
    assertThat(found()).isEqualTo(new ImageSignatures(List.of(), false));
  }

  @ParameterizedTest
  @CsvSource({"32, 32, false", "33, 32, true"})
  void aFloodIsCut(int bundles, int evidence, boolean more) throws IOException {
    server.sign(image, true, Collections.nCopies(bundles, "{}").toArray(String[]::new));

    assertThat(found().evidence()).hasSize(evidence);
    assertThat(found().more()).isEqualTo(more);

    server.signOlder(image, KEY);
    assertThat(found().evidence()).hasSize(32);
    assertThat(found().more()).isTrue();
  }

  @Test
  void bytesOfAnotherDigestAreAnError() {
    server.sign(image, true, bundle());
    server.says(blobPath(bundle()), 200, Map.of(), "x".repeat(bundle().length()));

    assertThatThrownBy(this::found)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bytes of another digest");
  }

  @Test
  void moreBytesThanPromisedAreAnError() {
    server.sign(image, true, bundle());
    server.says(blobPath(bundle()), 200, Map.of(), bundle() + " ");

    assertThatThrownBy(this::found).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, (4 << 20) + 1})
  void whatSaysItIsTooLargeIsNotFetched(long size) throws IOException {
    var manifest = "{\"layers\":[]}";
    server.says(
        FakeRegistry.path(image, "manifests/" + Sha256.of(manifest)), 200, Map.of(), manifest);
    server.index(image, true, List.of(entry(Sha256.of(manifest), size)));

    assertThat(found().evidence().getFirst())
        .isInstanceOfSatisfying(
            Evidence.Unusable.class, u -> assertThat(u.check()).isEqualTo(Check.Format));
    assertThat(server.asked).noneMatch(a -> a.target().contains("/manifests/sha256:"));
  }

  @Test
  void theLargestBundleIsFetched() throws IOException {
    server.sign(image, true, "x".repeat(1 << 20), "x");

    assertThat(found().evidence())
        .containsExactly(new Evidence.Text("x".repeat(1 << 20)), new Evidence.Text("x"));
  }

  @Test
  void anOlderPayloadThatIsGoneIsToldApart() throws IOException {
    server.signOlder(image, KEY);
    server.asked.clear();
    found();
    var blob =
        server.asked.stream()
            .map(Asked::target)
            .filter(target -> target.contains("/blobs/"))
            .findFirst()
            .orElseThrow();
    server.says(blob, 404, Map.of(), "");

    assertThat(found().evidence().getFirst())
        .isInstanceOfSatisfying(
            Evidence.Unusable.class, u -> assertThat(u.check()).isEqualTo(Check.Size));
  }

  @Test
  void aHugeBundleIsNotFetched() throws IOException {
    server.sign(image, true, "x".repeat((1 << 20) + 1));

    assertThat(found().evidence().getFirst())
        .isInstanceOfSatisfying(
            Evidence.Unusable.class, u -> assertThat(u.check()).isEqualTo(Check.Size));
    assertThat(server.asked).noneMatch(a -> a.target().contains("/blobs/"));
  }

  @Test
  void anEndlessIndexIsAnError() {
    server.says(
        FakeRegistry.path(image, "referrers/" + image.digest()),
        200,
        Map.of(),
        " ".repeat((4 << 20) + 1));

    assertThatThrownBy(this::found).isInstanceOf(IOException.class);
  }

  @Test
  void otherReferrersAreLeftAlone() throws IOException {
    server.index(
        image,
        true,
        List.of(
            "{\"artifactType\":\"application/spdx+json\",\"digest\":\"%s\",\"size\":3}"
                .formatted(Sha256.of("x"))));

    assertThat(found().evidence()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429, 500, 503})
  void aRegistryThatDoesNotAnswerIsAnError(int status) {
    server.says(FakeRegistry.path(image, "referrers/" + image.digest()), status, Map.of(), "");

    assertThatThrownBy(this::found)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("answers " + status + " to GET /v2/team/app/referrers/sha256:");
  }

  @Test
  void aBodyThatDripsIsCut() {
    var quick = new Registry(perimeter(), Duration.ofMillis(500));
    server.says(
        FakeRegistry.path(image, "referrers/" + image.digest()),
        200,
        Map.of("X-Length", "100"),
        "{");
    var start = System.nanoTime();

    assertThatThrownBy(() -> quick.signaturesOf(image, NOBODY)).isInstanceOf(IOException.class);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aTokenIsAskedForByNobody() throws IOException {
    server.sign(image, true, bundle());
    elsewhere.says("/token", 200, Map.of(), "{\"token\":\"t0k\"}");
    server.wants("Bearer t0k", bearer("http://" + elsewhere.host() + "/token"));

    assertThat(isSigned(found())).isTrue();
    assertThat(elsewhere.asked)
        .containsExactly(new Asked("/token?scope=repository%3Ateam%2Fapp%3Apull&service=reg", ""));
  }

  @Test
  void aPasswordGoesToTheRealmAndTheTokenToTheRegistry() throws IOException {
    server.sign(image, true, bundle());
    elsewhere.says("/token", 200, Map.of(), "{\"access_token\":\"t0k\"}");
    server.wants("Bearer t0k", bearer("http://" + elsewhere.host() + "/token"));

    assertThat(isSigned(registry().signaturesOf(image, SOMEBODY))).isTrue();
    assertThat(elsewhere.asked).extracting(Asked::authorization).containsExactly(BASIC);
    assertThat(server.asked).extracting(Asked::authorization).doesNotContain(BASIC);
  }

  @Test
  void aPasswordIsGivenWhenItIsAskedFor() throws IOException {
    server.sign(image, true, bundle());
    assertThat(isSigned(registry().signaturesOf(image, SOMEBODY))).isTrue();
    assertThat(server.asked).extracting(Asked::authorization).containsOnly("");

    server.wants(BASIC, "Basic realm=\"x\"");
    assertThat(isSigned(registry().signaturesOf(image, SOMEBODY))).isTrue();
    assertThatThrownBy(this::found).hasMessageContaining("answers 401");
  }

  @ParameterizedTest
  @CsvSource({
    "https://127.0.0.1:1/token, is a loopback address",
    "https://169.254.169.254/token, is a link-local address",
    "http://registry.example/token, is not https",
    "/token, without a host",
    "not an address, realm that is no address"
  })
  void aRealmIsNotJustAnything(String realm, String why) {
    server.wants("Bearer t0k", bearer(realm));

    assertThatThrownBy(() -> registry().signaturesOf(image, SOMEBODY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404|{}|gives no token",
        "200|{}|token that is none",
        "200|no json|token that is none",
        "200|{\"token\":\"a b\"}|token that is none",
        "200|{\"token\":7}|token that is none"
      })
  void aTokenIsNotJustAnything(int status, String body, String why) {
    elsewhere.says("/token", status, Map.of(), body);
    server.wants("Bearer t0k", bearer("http://" + elsewhere.host() + "/token"));

    assertThatThrownBy(this::found).isInstanceOf(IOException.class).hasMessageContaining(why);
  }

  @Test
  void anUnknownLoginIsAnError() {
    server.wants("Digest x", "Digest realm=\"x\"");

    assertThatThrownBy(this::found).hasMessageContaining("asks for no known login");
  }

  @Test
  void aRedirectElsewhereCarriesNoCredential() throws IOException {
    server.sign(image, true, bundle());
    server.wants(BASIC, "Basic realm=\"x\"");
    redirect("http://" + elsewhere.host() + "/there");
    elsewhere.says("/there", 307, Map.of("Location", "/again"), "");
    elsewhere.says("/again", 200, Map.of(), bundle());

    assertThat(isSigned(registry().signaturesOf(image, SOMEBODY))).isTrue();
    assertThat(elsewhere.asked).containsExactly(new Asked("/there", ""), new Asked("/again", ""));
  }

  @Test
  void aRedirectWithinTheRegistryKeepsIt() throws IOException {
    server.sign(image, true, bundle());
    server.wants(BASIC, "Basic realm=\"x\"");
    redirect("/v2/other");
    server.says("/v2/other", 200, Map.of(), bundle());

    assertThat(isSigned(registry().signaturesOf(image, SOMEBODY))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1/latest, is not https",
    "https://127.0.0.1:1/latest, is a loopback address",
    "https://169.254.169.254/latest/meta-data, is a link-local address",
    "https://10.96.0.1/api/v1/secrets, is the Kubernetes API's address",
    "file:///etc/passwd, without a host"
  })
  void aRedirectInwardsIsNotFollowed(String location, String why) {
    server.sign(image, true, bundle());
    redirect(location);

    assertThatThrownBy(this::found).isInstanceOf(IOException.class).hasMessageContaining(why);
  }

  @Test
  void redirectsEnd() {
    server.sign(image, true, bundle());
    redirect(blobPath(bundle()));

    assertThatThrownBy(this::found).hasMessageContaining("redirects more than 5 times");
  }

  @Test
  void aRegistryThatIsNotListedIsNotAskedWhereItMustNotBe() {
    var strict = new Registry(Perimeter.of(List.of(), "10.96.0.1"));

    assertThatThrownBy(() -> strict.signaturesOf(image, NOBODY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a loopback address");
    assertThat(server.asked).isEmpty();
  }

  private void redirect(String location) {
    server.says(blobPath(bundle()), 307, Map.of("Location", location), "");
  }

  private String blobPath(String text) {
    return FakeRegistry.path(image, "blobs/" + Sha256.of(text));
  }

  private static String entry(Sha256 digest, long size) {
    return "{\"artifactType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(digest, size);
  }

  private static String bearer(String realm) {
    return "Bearer realm=\"%s\",service=\"reg\",scope=\"everything\"".formatted(realm);
  }

  private Perimeter perimeter() {
    return Perimeter.of(List.of(server.host(), elsewhere.host()), "10.96.0.1");
  }

  private Registry registry() {
    return new Registry(perimeter());
  }

  private ImageSignatures found() throws IOException {
    return registry().signaturesOf(image, NOBODY);
  }

  private boolean isSigned(ImageSignatures signatures) {
    var rule = new Rule("a", new Signer.Keys(List.of(KEY.trusted()), false), List.of(), true);
    return signatures.judge(List.of(rule), image) instanceof Judgement.Signed;
  }

  // ECDSA is not deterministic: one signature for each digest.
  private String bundle() {
    return BUNDLES.computeIfAbsent(image.digest().hex(), KEY::bundle);
  }
}
