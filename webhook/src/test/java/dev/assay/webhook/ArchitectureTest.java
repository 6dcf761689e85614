package dev.assay.webhook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What the packages of the webhook may use of each other and of the world.
@AnalyzeClasses(
    packages = "dev.assay.webhook",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /// Facts and time are arguments: nothing that decides waits for anybody.
  @ArchTest
  static final ArchRule decisionsTouchNothing =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Admission")
          .or()
          .haveSimpleNameEndingWith("Loosening")
          .or()
          .haveSimpleNameEndingWith("Freeing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8.kubernetes.client..", "java.net..", "io.vertx..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(java.time.Clock.class)
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  @ArchTest
  static final ArchRule itReadsNoSecrets =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.fabric8.kubernetes.api.model.Secret");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith(org.jspecify.annotations.NullMarked.class);
}
