package dev.assay.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.assay.api.bucket.BucketSpec;
import dev.assay.api.bucket.BucketStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// A store of artifacts: where bytes lie, who reaches them, and what must hold before they are
/// served.
@Group(Vocabulary.GROUP)
@Version(Vocabulary.VERSION)
@ShortNames("abkt")
@Categories(Vocabulary.CATEGORY)
@JsonClassDescription(
    "A store of artifacts with an S3 endpoint of its own: it serves what has passed and nothing else.")
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z]([-a-z0-9]{1,50}[a-z0-9])$')",
    message =
        "a Bucket must have a name of 3 to 52 lower-case letters, digits and '-', starting with a letter: Services and Secrets are named after it")
@AdditionalPrinterColumn(
    name = "PROVIDER",
    jsonPath = ".spec.provider",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "ENDPOINT",
    jsonPath = ".status.endpoints.internal",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "OBJECTS",
    jsonPath = ".status.usage.objects",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "SIZE",
    jsonPath = ".status.usage.bytes",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "QUARANTINED",
    jsonPath = ".status.artifacts.quarantined",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "STATUS",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "EXTERNAL",
    jsonPath = ".status.endpoints.external",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "POLICY",
    jsonPath = ".spec.defaultScanPolicyRef.name",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalSelectableField(jsonPath = ".spec.provider")
@AdditionalSelectableField(jsonPath = ".spec.defaultScanPolicyRef.name")
public class Bucket extends CustomResource<BucketSpec, BucketStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
