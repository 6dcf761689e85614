package dev.assay.dataplane.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dataplane.s3.Access.Asked;
import dev.assay.dataplane.s3.Access.Who;
import dev.assay.wire.control.DataPlaneConfiguration.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccessTest {
  private static final String REPORT = ".assay/reports/d/j/1/report.json.gz";

  /// @param allowed every operation that is; all others are refused
  record Case(
      String name,
      Who who,
      String key,
      boolean inSession,
      boolean oneVersion,
      Set<Operation> allowed) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    var nobody = new Who.Nobody(false);
    var reader = new Who.Nobody(true);
    var presign = new Who.Holder(Role.Presign);
    var scanner = new Who.Holder(Role.Scanner);
    var publisher = new Who.Holder(Role.Publisher);
    var read = new Who.Holder(Role.Read);
    var write = new Who.Holder(Role.ReadWrite);
    var readObject = EnumSet.of(Operation.GetObject, Operation.HeadObject);
    var readBucket =
        EnumSet.of(
            Operation.ListBuckets,
            Operation.HeadBucket,
            Operation.GetBucketLocation,
            Operation.GetBucketVersioning,
            Operation.ListObjects,
            Operation.ListObjectsV2,
            Operation.ListObjectVersions);
    var session =
        EnumSet.of(
            Operation.PutObject,
            Operation.UploadPart,
            Operation.CompleteMultipartUpload,
            Operation.AbortMultipartUpload,
            Operation.ListParts);
    var writeObject = EnumSet.copyOf(session);
    writeObject.addAll(EnumSet.of(Operation.DeleteObject, Operation.CreateMultipartUpload));
    var writeBucket =
        EnumSet.of(Operation.ListMultipartUploads, Operation.DeleteObjects, Operation.CreateBucket);
    var none = Set.<Operation>of();
    return Stream.of(
        new Case("nobody", nobody, "k", false, false, none),
        new Case("nobody, in a session", nobody, "k", true, false, none),
        new Case("nobody, where all may read", reader, "k", false, false, readObject),
        new Case("nobody, a report", reader, REPORT, false, false, none),
        new Case("presign", presign, "k", false, false, readObject),
        new Case(
            "presign, in a session", presign, "k", true, false, all(List.of(readObject, session))),
        new Case("presign, a report", presign, REPORT, false, false, readObject),
        new Case("presign, in a session, a report", presign, REPORT, true, false, readObject),
        new Case("scanner", scanner, "k", false, false, none),
        new Case("scanner, one version", scanner, "k", false, true, readObject),
        new Case("scanner, a report", scanner, REPORT, false, false, readObject),
        new Case("publisher", publisher, "k", false, false, none),
        new Case(
            "publisher, a report", publisher, REPORT, false, false, Set.of(Operation.PutObject)),
        new Case("publisher, beside the reports", publisher, ".assay/x", false, false, none),
        new Case("read", read, "k", false, false, all(List.of(readObject, readBucket))),
        new Case(
            "read, a report", read, REPORT, false, false, all(List.of(readObject, readBucket))),
        new Case("read, beside the reports", read, ".assay/x", false, false, readBucket),
        new Case(
            "write",
            write,
            "k",
            false,
            false,
            all(List.of(readObject, readBucket, writeObject, writeBucket))),
        new Case(
            "write, in a session",
            write,
            "k",
            true,
            false,
            all(List.of(readObject, readBucket, writeBucket))),
        new Case(
            "write, a report",
            write,
            REPORT,
            false,
            false,
            all(List.of(readObject, readBucket, writeBucket))),
        new Case(
            "write, beside the reports",
            write,
            ".assay/x",
            false,
            false,
            all(List.of(readBucket, writeBucket))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void onlyWhatIsNamedIsAllowed(Case c) {
    var allowed =
        Arrays.stream(Operation.values())
            .filter(
                o -> Access.allows(c.who(), new Asked(o, c.key(), c.inSession(), c.oneVersion())))
            .collect(Collectors.toSet());

    assertThat(allowed).isEqualTo(c.allowed());
  }

  private static Set<Operation> all(List<Set<Operation>> sets) {
    return sets.stream().flatMap(Set::stream).collect(Collectors.toSet());
  }
}
