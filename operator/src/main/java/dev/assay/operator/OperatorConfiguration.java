package dev.assay.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/// What the operator's process is told by its Deployment.
@ConfigMapping(prefix = "assay")
public interface OperatorConfiguration {
  /// The operator's own namespace: its lease and its control key lie there, and data planes accept
  /// control calls only from there.
  String namespace();

  /// Who this replica is in the lease; the pod's name.
  Optional<String> identity();

  Images images();

  Control control();

  Webhook webhook();

  Sigstore sigstore();

  /// The images that the operator starts. There is no field for them in the API: who chooses the
  /// data plane's image could fake the release gate (decision 6).
  interface Images {
    /// From `RELATED_IMAGE_DATA_PLANE`; absent, every Bucket says so and nothing is started.
    Optional<String> dataPlane();

    /// From `RELATED_IMAGE_SCAN`.
    Optional<String> scan();

    /// Prefixes that `ScanPolicy.spec.engine.image` may have besides being the scan image itself,
    /// e.g. `registry.example.org/assay-scan@sha256:`.
    Optional<List<String>> engineAllowed();

    /// Registries, host and port each, that are asked by http and at whatever address, when
    /// signatures of images are looked for. For registries within the cluster and for tests.
    Optional<List<String>> insecureRegistries();
  }

  /// How the operator reaches data planes.
  interface Control {
    /// Where a Bucket's control port answers: `{name}`, `{namespace}` and `{uid}` are replaced.
    /// Another value than the Service's address is for tests and for an operator outside the
    /// cluster.
    @WithDefault("http://{name}-control.{namespace}.svc:8081")
    String endpoint();
  }

  /// Where the trust root comes from of keyless rules that name none.
  interface Sigstore {
    /// From `ASSAY_SIGSTORE_TUF_MIRROR`: the http or https URL of a TUF repository with the target
    /// `trusted_root.json`. Absent, the public instance's.
    Optional<String> tufMirror();

    /// From `ASSAY_SIGSTORE_TUF_ROOT`: the file of a `root.json` that the repository is trusted by.
    /// Absent, the public instance's that the library carries.
    Optional<String> tufRoot();
  }

  /// The admission webhook, which is another process.
  interface Webhook {
    /// From `ASSAY_WEBHOOK_CERTIFICATES`.
    @WithDefault("SelfIssued")
    Certificates certificates();

    /// Who makes its certificates.
    enum Certificates {
      /// The leader of the operator.
      SelfIssued,
      /// Somebody else, such as cert-manager or OLM; the operator touches nothing of it.
      External
    }
  }
}
