package dev.assay.scanjob.trivy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.scanjob.Environment;
import dev.assay.scanjob.Plan;
import dev.assay.scanjob.StepFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandsTest {
  private static final String ALL = "vuln,secret,misconfig,license";

  record Case(String name, Plan plan, String scanners, List<String> runs) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    var image = new Plan.Image("images/0", "sha256:1");
    var second = new Plan.Image("images/0", "sha256:2");
    return Stream.of(
        new Case(
            "files",
            plan("tree", null, List.of(), List.of()),
            ALL,
            List.of("fs: fs " + ALL + " /in/tree", "rootfs: rootfs vuln,license /in/tree")),
        new Case(
            "files, for secrets only",
            plan("tree", null, List.of(), List.of()),
            "secret",
            List.of("fs: fs secret /in/tree")),
        new Case(
            "jars",
            plan("tree", "inside", List.of(), List.of()),
            "vuln,secret",
            List.of(
                "fs: fs vuln,secret /in/tree",
                "rootfs: rootfs vuln /in/tree",
                "inside: fs secret /in/inside")),
        new Case(
            "jars, without the secret scanner",
            plan("tree", "inside", List.of(), List.of()),
            "vuln",
            List.of("fs: fs vuln /in/tree", "rootfs: rootfs vuln /in/tree")),
        new Case(
            "an archive of two images",
            plan(null, null, List.of(image, second), List.of()),
            ALL,
            List.of(
                "image-0: image " + ALL + " /in/images/0@sha256:1",
                "image-1: image " + ALL + " /in/images/0@sha256:2")),
        new Case(
            "an SBOM",
            plan("tree", null, List.of(), List.of("sbom.json")),
            "vuln,secret",
            List.of(
                "sbom: sbom vuln /in/sbom.json",
                "fs: fs vuln,secret /in/tree",
                "rootfs: rootfs vuln /in/tree")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void asksForWhatTheBytesAre(Case c) throws StepFailure {
    var runs = commands(Map.of("ASSAY_SCANNERS", c.scanners())).of(c.plan());

    assertThat(runs).extracting(CommandsTest::shortly).isEqualTo(c.runs());
  }

  @Test
  void aSharedCacheIsReadAndNotUpdated() throws StepFailure {
    var arguments =
        first(Map.of("ASSAY_SKIP_DB_UPDATE", "true", "ASSAY_DB_REPOSITORY", "mirror/db:2"));

    assertThat(arguments)
        .contains("--skip-db-update", "--skip-java-db-update")
        .containsSequence("--cache-dir", "/cache", "--cache-backend", "memory")
        .doesNotContain("--db-repository");
  }

  @Test
  void aCacheOfItsOwnIsFilledFromTheMirrors() throws StepFailure {
    var arguments =
        first(
            Map.of(
                "ASSAY_DB_REPOSITORY", "mirror/db:2", "ASSAY_JAVA_DB_REPOSITORY", "mirror/java:1"));

    assertThat(arguments)
        .containsSequence("--db-repository", "mirror/db:2")
        .containsSequence("--java-db-repository", "mirror/java:1")
        .doesNotContain("--skip-db-update");
  }

  @Test
  void aServerIsAsked() throws StepFailure {
    var arguments =
        first(
            Map.of(
                "ASSAY_MODE",
                "Server",
                "ASSAY_SERVER_URL",
                "http://trivy:4954",
                "ASSAY_OFFLINE",
                "true"));

    assertThat(arguments)
        .containsSequence("--server", "http://trivy:4954")
        .contains("--offline-scan");
  }

  private static List<String> first(Map<String, String> variables) throws StepFailure {
    var all = new HashMap<>(variables);
    all.put("ASSAY_SCANNERS", ALL);
    return commands(all).of(plan("tree", null, List.of(), List.of())).getFirst().arguments();
  }

  private static Commands commands(Map<String, String> variables) throws StepFailure {
    return new Commands(Settings.of(new Environment(variables)), Path.of("/cache"), Path.of("/in"));
  }

  private static Plan plan(
      @Nullable String tree, @Nullable String inside, List<Plan.Image> images, List<String> sboms) {
    return new Plan(
        1, "sha256:0", "a", null, tree, inside, images, sboms, new Plan.Statistics(0, 0, 0, 0));
  }

  /// Name, verb, scanners and target of a run: the flags have tests of their own.
  private static String shortly(Commands.Run run) {
    var arguments = new ArrayList<>(run.arguments());
    var scanners = arguments.get(arguments.indexOf("--scanners") + 1);
    return run.name() + ": " + arguments.getFirst() + " " + scanners + " " + arguments.getLast();
  }
}
