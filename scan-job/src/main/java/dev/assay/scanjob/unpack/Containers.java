package dev.assay.scanjob.unpack;

import dev.assay.scanjob.Plan;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Opens containers: an archive is read to its end first, then the archives that it held, so that
/// no more than one stream a level is open and an image archive is seen whole.
final class Containers {
  /// What self-extracting programs and jars with a launcher script carry at their end.
  static final Kind CARRIED_ZIP = new Kind.Archive(Kind.Format.Zip);

  private final Layout layout;
  private final Budget budget;
  private final Entries entries;
  private final Disk disk = new Disk();
  private final List<Plan.Image> images = new ArrayList<>();

  Containers(Layout layout, Budget budget) {
    this.layout = layout;
    this.budget = budget;
    this.entries = new Entries(budget);
  }

  List<Plan.Image> images() {
    return List.copyOf(images);
  }

  /// Opens an archive file into a place, and removes it (but a jar).
  void open(Nested archive, Place place, int depth) throws Breach {
    budget.descend(depth);
    var format = archive.kind().label();
    try {
      if (archive.kind() instanceof Kind.Archive(var f) && f == Kind.Format.Zip) {
        zip(archive, place, depth);
        return;
      }
      try (var in = Disk.read(archive.file())) {
        stream(in, archive, place, depth);
      }
      remove(archive);
    } catch (IOException e) {
      throw Damage.of(format, e);
    } catch (UncheckedIOException e) {
      throw e; // our disk
    } catch (RuntimeException e) {
      // The library's readers meet hostile numbers with whatever exception those lead to.
      throw Breach.damaged(format);
    }
  }

  private void stream(InputStream in, Nested archive, Place place, int depth)
      throws IOException, Breach {
    switch (archive.kind()) {
      case Kind.Compressed(var codec) ->
          decompress(in, codec, archive.parts().getLast(), place, depth);
      case Kind.Archive(var format) -> archive(in, format, place, depth);
      case Kind.Unopened(var format) ->
          throw new Breach(
              "UnsupportedFormat", "it is or holds a " + format + " file, which cannot be opened");
      case Kind.Plain(var _) -> throw new IllegalArgumentException("plain files are not opened");
    }
  }

  private void decompress(InputStream in, Kind.Codec codec, String name, Place place, int depth)
      throws IOException, Breach {
    var counted = new CountedStream(Decompress.open(codec, in), budget);
    try (var content = new BufferedInputStream(counted)) {
      content.mark(Recognise.HEAD_BYTES);
      var head = content.readNBytes(Recognise.HEAD_BYTES);
      content.reset();
      var inner = withoutSuffix(name);
      if (Recognise.of(head, inner) instanceof Kind.Archive(var format) && isStreamed(format)) {
        budget.descend(depth + 1);
        archive(content, format, place, depth + 1);
      } else {
        budget.entry();
        var nested = new ArrayList<Nested>();
        take(inner, content, place, nested);
        openAll(nested, depth + 1);
      }
    }
  }

  private void archive(InputStream in, Kind.Format format, Place place, int depth)
      throws IOException, Breach {
    var nested = new ArrayList<Nested>();
    Entries.Taker taker = (name, content) -> take(name, content, place, nested);
    switch (format) {
      case Tar -> entries.tar(in, taker);
      case Cpio -> entries.cpio(in, taker);
      case Ar -> entries.ar(in, taker);
      case Rpm -> rpm(in, place, depth);
      case Zip -> throw new IllegalArgumentException("a zip is read from its end, not as a stream");
    }
    if (format == Kind.Format.Tar && !place.insideJar()) {
      images.addAll(
          new ImageArchive(layout, entries, budget).take(place.directory(), images.size()));
    }
    openAll(nested, depth);
  }

  private void rpm(InputStream in, Place place, int depth) throws IOException, Breach {
    Rpm.skipToPayload(in);
    in.mark(Recognise.HEAD_BYTES);
    var head = in.readNBytes(Recognise.HEAD_BYTES);
    in.reset();
    switch (Recognise.of(head, "payload")) {
      case Kind.Compressed(var codec) -> decompress(in, codec, "payload", place, depth);
      case Kind.Archive(var format) when format == Kind.Format.Cpio ->
          archive(in, format, place, depth);
      default -> throw new IOException("the RPM's payload is no cpio");
    }
  }

  /// A jar is kept for Trivy, which reads jars within jars; its contents go to the secret scanner.
  /// A zip that only looks like a jar is opened as a zip too.
  private void zip(Nested archive, Place place, int depth) throws IOException, Breach {
    boolean named = Recognise.isJarName(archive.parts().getLast());
    if (archive.insideJar() || (!named && !Entries.hasManifest(archive.file()))) {
      zipEntries(archive.file(), place, depth);
      remove(archive);
      return;
    }
    var jar = keepJar(archive, named);
    zipEntries(jar, new Place(true, archive.withLast("!")), depth);
    if (!named) {
      zipEntries(jar, place, depth);
    }
  }

  private Path keepJar(Nested archive, boolean named) throws Breach {
    if (named && archive.file().startsWith(layout.tree())) {
      return archive.file();
    }
    var target = Disk.claim(layout.tree(), named ? archive.parts() : archive.withLast(".jar"));
    return Disk.does(() -> Files.move(archive.file(), target));
  }

  private void zipEntries(Path file, Place place, int depth) throws IOException, Breach {
    var nested = new ArrayList<Nested>();
    entries.zip(file, (name, content) -> take(name, content, place, nested));
    openAll(nested, depth);
  }

  private void openAll(List<Nested> nested, int depth) throws Breach {
    for (var archive : nested) {
      if (Files.exists(archive.file())) { // an image's layers have moved away
        open(archive, archive.contents(), depth + 1);
      }
    }
  }

  private static void remove(Nested archive) {
    if (!archive.kept()) {
      Disk.does(() -> Files.deleteIfExists(archive.file()));
    }
  }

  private void take(String name, InputStream content, Place place, List<Nested> nested)
      throws IOException, Breach {
    var safe = SafePath.of(name);
    var parts = place.of(safe.isEmpty() ? List.of("unnamed") : safe);
    var head = content.readNBytes(Recognise.HEAD_BYTES);
    if (place.insideJar() && Recognise.isClass(head)) {
      disk.discard(content, budget); // no secret scanner reads compiled classes
      return;
    }
    var kind = Recognise.of(head, parts.getLast());
    var target = Disk.claim(layout.root(place.insideJar()), parts);
    disk.write(head, content, target, budget);
    if (kind instanceof Kind.Plain(var executable)) {
      if (executable) {
        Disk.makeExecutable(target);
      }
      if (Recognise.mayCarryZip(head) && Disk.endsAsZip(target)) {
        nested.add(new Nested(target, CARRIED_ZIP, parts, place.insideJar(), true));
      }
    } else {
      nested.add(new Nested(target, kind, parts, place.insideJar(), false));
    }
  }

  private static boolean isStreamed(Kind.Format format) {
    return format != Kind.Format.Zip;
  }

  /// `agent.tar.gz` holds `agent.tar`; a name without a suffix stays.
  private static String withoutSuffix(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
