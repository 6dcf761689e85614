package dev.assay.webhook;

import dev.assay.api.Vocabulary;
import dev.assay.webhook.review.Caller;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// Asks the API server whether somebody may do something with a Bucket: the verbs `release`,
/// `promote` and `approve` on `buckets.assay.dev`. The reviews that ask are few, and the only ones
/// that wait for the network (decision 21).
@ApplicationScoped
public class AccessReview {
  private static final String BUCKETS = "buckets";

  private final KubernetesClient client;

  public AccessReview(KubernetesClient client) {
    this.client = client;
  }

  /// Those of the Buckets in which the caller may not.
  ///
  /// @param verb one of `Vocabulary.Verbs`
  /// @throws io.fabric8.kubernetes.client.KubernetesClientException when it cannot be told
  public List<String> missing(Caller caller, String verb, String namespace, List<String> buckets) {
    return buckets.stream().filter(bucket -> !holds(caller, verb, namespace, bucket)).toList();
  }

  private boolean holds(Caller caller, String verb, String namespace, String bucket) {
    var asked =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(caller.username())
            .withUid(caller.uid())
            .withGroups(caller.groups())
            .withExtra(caller.extra())
            .withNewResourceAttributes()
            .withGroup(Vocabulary.GROUP)
            .withResource(BUCKETS)
            .withVerb(verb)
            .withNamespace(namespace)
            .withName(bucket)
            .endResourceAttributes()
            .endSpec()
            .build();
    var answer = client.authorization().v1().subjectAccessReview().create(asked);
    return answer.getStatus() != null && Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }
}
