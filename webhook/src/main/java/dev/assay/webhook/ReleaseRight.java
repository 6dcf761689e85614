package dev.assay.webhook;

import dev.assay.api.Vocabulary;
import dev.assay.api.Vocabulary.Verbs;
import dev.assay.webhook.review.Caller;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// Asks the API server whether somebody may set free what a Bucket holds back: the verb `release`
/// on `buckets.assay.dev`. One of the few reviews that wait for the network (decision 21), and only
/// where something would be set free.
@ApplicationScoped
public class ReleaseRight {
  private static final String BUCKETS = "buckets";

  private final KubernetesClient client;

  public ReleaseRight(KubernetesClient client) {
    this.client = client;
  }

  /// Those of the Buckets in which the caller may not.
  ///
  /// @throws io.fabric8.kubernetes.client.KubernetesClientException when it cannot be told
  public List<String> missing(Caller caller, String namespace, List<String> buckets) {
    return buckets.stream().filter(bucket -> !holds(caller, namespace, bucket)).toList();
  }

  private boolean holds(Caller caller, String namespace, String bucket) {
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
            .withVerb(Verbs.RELEASE)
            .withNamespace(namespace)
            .withName(bucket)
            .endResourceAttributes()
            .endSpec()
            .build();
    var answer = client.authorization().v1().subjectAccessReview().create(asked);
    return answer.getStatus() != null && Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }
}
