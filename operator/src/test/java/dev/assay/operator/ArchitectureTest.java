package dev.assay.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What the packages of the operator may use of each other and of the world.
@AnalyzeClasses(
    packages = "dev.assay.operator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesUseEachOtherWithoutCycles =
      slices().matching("dev.assay.operator.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theBucketKnowsNoOtherReconciler =
      noClasses()
          .that()
          .resideInAPackage("..operator.bucket..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..operator.artifact..", "..operator.scanpolicy..", "..operator.promotion..");

  @ArchTest
  static final ArchRule whatIsSharedKnowsNoReconciler =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..operator.census..",
              "..operator.control..",
              "..operator.owned..",
              "..operator.status..",
              "..operator.presign..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..operator.bucket..",
              "..operator.artifact..",
              "..operator.scanpolicy..",
              "..operator.promotion..");

  /// Decisions get their time as an argument and their facts as records.
  @ArchTest
  static final ArchRule decisionsTouchNothing =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Decision")
          .or()
          .haveSimpleNameEndingWith("Deletion")
          .or()
          .resideInAPackage("..decision..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fabric8.kubernetes.client..",
              "java.net.http..",
              "io.javaoperatorsdk.operator.api.reconciler..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(java.time.Clock.class)
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  @ArchTest
  static final ArchRule onlyShellsTalk =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Decision")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("Log");

  @ArchTest
  static final ArchRule bytesNeverPassTheOperator =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("software.amazon.awssdk.services.s3.S3Client");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith(org.jspecify.annotations.NullMarked.class);
}
