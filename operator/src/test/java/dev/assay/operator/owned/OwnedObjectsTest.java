package dev.assay.operator.owned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Vocabulary.Labels;
import dev.assay.operator.KubeApiResource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Against a real API server: what is tested is its behaviour as much as ours.
class OwnedObjectsTest {
  private static final KubernetesClient CLIENT = KubeApiResource.client();
  private final OwnedObjects owned = new OwnedObjects(CLIENT, "assay-test");
  private final String name = "owned-" + UUID.randomUUID();

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @Test
  void createsThenWritesNothingUntilSomethingDiffers() {
    var desired = desired("uid-1", Map.of("a", "1", "b", "2"));

    assertThat(owned.apply(desired, Optional.empty())).isEqualTo(new Applied.Done(true));
    var first = there();
    assertThat(owned.apply(desired, Optional.empty())).isEqualTo(new Applied.Done(false));
    assertThat(owned.apply(desired, Optional.of(first))).isEqualTo(new Applied.Done(false));
    assertThat(there().getMetadata().getResourceVersion())
        .isEqualTo(first.getMetadata().getResourceVersion());
  }

  @Test
  void changesItsOwnFieldsAndTakesAwayThoseNoLongerWanted() {
    owned.apply(desired("uid-1", Map.of("a", "1", "b", "2")), Optional.empty());

    var changed = owned.apply(desired("uid-1", Map.of("a", "3")), Optional.of(there()));

    assertThat(changed).isEqualTo(new Applied.Done(true));
    assertThat(there().getData()).isEqualTo(Map.of("a", "3"));
  }

  @Test
  void aForeignObjectOfTheNameIsNeverTouched() {
    CLIENT.resource(plain()).create();
    var before = there();

    var applied = owned.apply(desired("uid-1", Map.of("a", "1")), Optional.empty());
    var deleted = owned.delete(desired("uid-1", Map.of()));

    assertThat(applied).isEqualTo(new Applied.Foreign("ConfigMap default/" + name));
    assertThat(deleted).isEqualTo(new Applied.Foreign("ConfigMap default/" + name));
    assertThat(there()).isEqualTo(before);
  }

  @Test
  void theObjectOfAnotherOwnerIsForeignToo() {
    owned.apply(desired("uid-1", Map.of("a", "1")), Optional.empty());

    assertThat(owned.apply(desired("uid-2", Map.of("a", "2")), Optional.empty()))
        .isInstanceOf(Applied.Foreign.class);
    assertThat(there().getData()).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void aFieldThatSomebodyElseSetIsSaidAndNotForced() {
    owned.apply(desired("uid-1", Map.of("a", "1")), Optional.empty());
    CLIENT.resource(plain()).edit(cm -> new ConfigMapBuilder(cm).addToData("a", "theirs").build());

    var applied = owned.apply(desired("uid-1", Map.of("a", "1")), Optional.of(there()));

    assertThat(applied)
        .isInstanceOfSatisfying(
            Applied.Contested.class,
            c -> assertThat(c.fields()).contains(".data.a").contains("fabric8"));
    assertThat(there().getData()).isEqualTo(Map.of("a", "theirs"));
  }

  @Test
  void whatWasDeletedComesBack() {
    var desired = desired("uid-1", Map.of("a", "1"));
    owned.apply(desired, Optional.empty());
    CLIENT.resource(desired).delete();

    assertThat(owned.apply(desired, Optional.empty())).isEqualTo(new Applied.Done(true));
    assertThat(owned.delete(desired)).isEqualTo(new Applied.Done(true));
    assertThat(owned.delete(desired)).isEqualTo(new Applied.Done(false));
  }

  @Test
  void aQuantityThatTheServerWritesOtherwiseIsNoDifference() {
    var claim = claim("1024Mi");

    owned.apply(claim, Optional.empty());

    assertThat(owned.apply(claim, Optional.empty())).isEqualTo(new Applied.Done(false));
    assertThat(owned.apply(claim("0"), Optional.empty())).isInstanceOf(Applied.Refused.class);
  }

  private ConfigMap there() {
    return CLIENT.configMaps().inNamespace("default").withName(name).require();
  }

  private ConfigMap plain() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .build();
  }

  private ConfigMap desired(String ownerUid, Map<String, String> data) {
    return new ConfigMapBuilder(plain())
        .editMetadata()
        .addToLabels(Labels.MANAGED_BY, Labels.MANAGED_BY_ASSAY)
        .addToLabels(Labels.OWNER_UID, ownerUid)
        .endMetadata()
        .withData(data)
        .build();
  }

  private PersistentVolumeClaim claim(String size) {
    return new PersistentVolumeClaimBuilder()
        .withMetadata(desired("uid-1", Map.of()).getMetadata())
        .withNewSpec()
        .withAccessModes("ReadWriteOnce")
        .withNewResources()
        .addToRequests("storage", new Quantity(size))
        .endResources()
        .endSpec()
        .build();
  }
}
