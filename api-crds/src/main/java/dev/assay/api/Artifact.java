package dev.assay.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.assay.api.artifact.ArtifactSpec;
import dev.assay.api.artifact.ArtifactStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// One piece of software: its bytes, their verdict, and how they are served.
@Group(Vocabulary.GROUP)
@Version(Vocabulary.VERSION)
@ShortNames("art")
@Categories(Vocabulary.CATEGORY)
@JsonClassDescription(
    "One piece of software: bytes that are received, digested, scanned and verified, and served only when they have passed.")
@ValidationRule(
    value = "self.metadata.name.size() <= 63",
    message =
        "an Artifact must have a name of at most 63 characters: it becomes a label of what belongs to it")
@AdditionalPrinterColumn(
    name = "TYPE",
    jsonPath = ".spec.type",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "VERSION",
    jsonPath = ".spec.version",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "SIZE",
    jsonPath = ".status.size",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "SCAN",
    jsonPath = ".status.scan.verdict",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "SIGNED",
    jsonPath = ".status.conditions[?(@.type==\"SourceVerified\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "STATUS",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "DIGEST",
    jsonPath = ".status.digest",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "BUCKET",
    jsonPath = ".spec.bucketRef.name",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "CRIT",
    jsonPath = ".status.scan.critical",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "HIGH",
    jsonPath = ".status.scan.high",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalSelectableField(jsonPath = ".spec.bucketRef.name")
@AdditionalSelectableField(jsonPath = ".status.phase")
@AdditionalSelectableField(jsonPath = ".status.digest")
public class Artifact extends CustomResource<ArtifactSpec, ArtifactStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;
}
