package dev.assay.scanjob.unpack;

import dev.assay.scanjob.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Unpacks an artifact below the input directory, archives within archives, so that Trivy (which
/// opens none) sees every file.
///
/// - `tree`: what lies in the artifact; an archive `a.zip` within becomes a directory `a.zip!`.
///   Jars stay as they are, for Trivy's own jar analyzer.
/// - `inside`: what lies in jars, for the secret scanner only: a `pom.xml` there names things that
///   are not shipped.
/// - `images`: image archives as OCI layouts.
public final class Unpacker {
  private final Layout layout;
  private final Budget budget;
  private final Containers containers;

  public Unpacker(Path input, Limits limits, long artifactBytes) {
    this.layout = new Layout(input);
    this.budget = new Budget(limits, artifactBytes);
    this.containers = new Containers(layout, budget);
  }

  /// @param artifact is moved or deleted
  /// @param name a file name, which need not be safe
  /// @throws Breach when the artifact is unscannable
  public void unpack(Path artifact, String name) throws Breach {
    var safe = safe(name);
    var head = Disk.head(artifact);
    var kind = Recognise.of(head, safe);
    if (kind instanceof Kind.Plain(var executable)) {
      var file = keep(artifact, safe, executable);
      if (Recognise.mayCarryZip(head) && Disk.endsAsZip(file)) {
        open(new Nested(file, Containers.CARRIED_ZIP, List.of(safe), false, true));
      }
    } else {
      open(new Nested(artifact, kind, List.of(safe), false, false));
    }
  }

  /// The last component of a file name, as it may lie on our disk.
  public static String safe(String name) {
    var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return last.isBlank() || last.equals(".") || last.equals("..")
        ? "artifact"
        : SafePath.component(last, true);
  }

  public boolean hasTree() {
    return Files.isDirectory(layout.tree());
  }

  public boolean hasInside() {
    return Files.isDirectory(layout.inside());
  }

  public List<Plan.Image> images() {
    return containers.images();
  }

  public Plan.Statistics statistics() {
    return budget.statistics();
  }

  private void open(Nested whole) throws Breach {
    containers.open(whole, new Place(false, List.of()), 1);
  }

  private Path keep(Path artifact, String name, boolean executable) throws Breach {
    var target = Disk.claim(layout.tree(), List.of(name));
    Disk.does(() -> Files.move(artifact, target));
    budget.file();
    if (executable) {
      Disk.makeExecutable(target);
    }
    return target;
  }
}
