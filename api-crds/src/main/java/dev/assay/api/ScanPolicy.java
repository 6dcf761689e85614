package dev.assay.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.assay.api.scanpolicy.ScanPolicySpec;
import dev.assay.api.scanpolicy.ScanPolicyStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// What artifacts are scanned for and what counts as a failure.
@Group(Vocabulary.GROUP)
@Version(Vocabulary.VERSION)
@ShortNames("scanpol")
@Categories(Vocabulary.CATEGORY)
@JsonClassDescription(
    "What artifacts are scanned for, what counts as a failure, which findings are excepted until when, and how long a verdict is good.")
@ValidationRule(
    value = "self.metadata.name.size() <= 63",
    message =
        "a ScanPolicy must have a name of at most 63 characters: it becomes a label of what belongs to it")
@AdditionalPrinterColumn(
    name = "SEVERITY",
    jsonPath = ".spec.failOn.severity",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "DATABASE",
    jsonPath = ".status.databaseUpdatedAt",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "QUEUED",
    jsonPath = ".status.counts.queued",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "CLEAN",
    jsonPath = ".status.counts.clean",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "QUARANTINED",
    jsonPath = ".status.counts.quarantined",
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
    name = "RUNNING",
    jsonPath = ".status.counts.running",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "FAILED",
    jsonPath = ".status.counts.failed",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "EXPIRED",
    jsonPath = ".status.exceptions.expired",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class ScanPolicy extends CustomResource<ScanPolicySpec, ScanPolicyStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;
}
