package dev.assay.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.assay.api.promotion.PromotionSpec;
import dev.assay.api.promotion.PromotionStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// A request to copy an artifact into another Bucket, with the approvals it got and how it ended.
@Group(Vocabulary.GROUP)
@Version(Vocabulary.VERSION)
@ShortNames("aprom")
@Categories(Vocabulary.CATEGORY)
@JsonClassDescription(
    "A request to copy an Artifact into another Bucket, pinned to its digest: it runs once, when the rules of the target hold.")
@ValidationRule(
    value = "self.metadata.name.size() <= 63",
    message =
        "a Promotion must have a name of at most 63 characters: it becomes a label of what belongs to it")
@ValidationRule(
    value = "oldSelf.hasValue() || !has(self.spec.approvals) || size(self.spec.approvals) == 0",
    message =
        "spec.approvals must be empty when a Promotion is created: people approve what they can see",
    optionalOldSelf = true)
@AdditionalPrinterColumn(
    name = "ARTIFACT",
    jsonPath = ".spec.artifactRef.name",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "DIGEST",
    jsonPath = ".spec.artifactRef.digest",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "TARGET",
    jsonPath = ".spec.target.bucketRef.name",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "APPROVALS",
    jsonPath = ".status.approvals.summary",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "PHASE",
    jsonPath = ".status.phase",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "REQUESTER",
    jsonPath = ".spec.requester.username",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "NAMESPACE",
    jsonPath = ".spec.target.bucketRef.namespace",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "STATUS",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalSelectableField(jsonPath = ".spec.artifactRef.name")
@AdditionalSelectableField(jsonPath = ".spec.target.bucketRef.name")
@AdditionalSelectableField(jsonPath = ".status.phase")
public class Promotion extends CustomResource<PromotionSpec, PromotionStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
