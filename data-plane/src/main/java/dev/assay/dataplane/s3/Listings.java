package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.S3Error;
import dev.assay.dataplane.store.ListFrom;
import dev.assay.dataplane.store.ListPage;
import dev.assay.dataplane.store.ListQuery;
import dev.assay.dataplane.store.Store;
import dev.assay.dataplane.store.Version;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The three listings of served objects.
final class Listings {
  private static final int MAX_PAGE = 1_000;

  private final Store store;

  Listings(Store store) {
    this.store = store;
  }

  /// What the three have in common.
  private record Asked(
      String prefix, String delimiter, int limit, UnaryOperator<String> encode, boolean encoded) {
    static Asked of(Call call) throws IOException {
      var limit = call.number("max-keys", MAX_PAGE, 0, Integer.MAX_VALUE - 1);
      return new Asked(
          call.query().value("prefix").orElse(""),
          call.query().value("delimiter").orElse(""),
          Math.min(limit, MAX_PAGE),
          Replies.encoding(call),
          !call.query().value("encoding-type").orElse("").isEmpty());
    }
  }

  Answer v2(Call call) throws IOException {
    if (!call.query().value("list-type").orElse("").equals("2")) {
      throw S3Error.invalidArgument(
              "list-type", call.query().value("list-type").orElse(""), "list-type must be 2.")
          .exception();
    }
    var asked = Asked.of(call);
    var token = call.query().value("continuation-token");
    var startAfter = call.query().value("start-after").orElse("");
    var from =
        token.isPresent()
            ? ListFrom.parse(token.get())
                .orElseThrow(() ->
                    S3Error.invalidArgument(
                            "continuation-token",
                            token.get(),
                            "The continuation token provided is incorrect")
                        .exception())
            : after(startAfter);
    var page = page(asked, from);
    var xml = begin("ListBucketResult", call, asked);
    xml.element("KeyCount", page.versions().size() + page.commonPrefixes().size())
        .element("IsTruncated", truncated(asked, page));
    token.ifPresent(text -> xml.element("ContinuationToken", text));
    if (!startAfter.isEmpty()) {
      xml.element("StartAfter", asked.encode().apply(startAfter));
    }
    if (truncated(asked, page)) {
      xml.element("NextContinuationToken", page.next().orElseThrow().token());
    }
    var owners = call.query().value("fetch-owner").orElse("").equals("true");
    page.versions().forEach(version -> contents(xml, version, asked, owners));
    prefixes(xml, page, asked);
    return Replies.xml(xml, Map.of());
  }

  Answer v1(Call call) throws IOException {
    var asked = Asked.of(call);
    var marker = call.query().value("marker").orElse("");
    var page = page(asked, afterMarker(marker, asked));
    var xml = begin("ListBucketResult", call, asked);
    xml.element("Marker", asked.encode().apply(marker))
        .element("IsTruncated", truncated(asked, page));
    if (truncated(asked, page)) {
      xml.element("NextMarker", asked.encode().apply(marker(page)));
    }
    page.versions().forEach(version -> contents(xml, version, asked, true));
    prefixes(xml, page, asked);
    return Replies.xml(xml, Map.of());
  }

  /// Served objects as the only version of their key, which is how a bucket without versioning
  /// answers: clean-up tools ask this before they delete.
  Answer versions(Call call) throws IOException {
    var asked = Asked.of(call);
    var marker = call.query().value("key-marker").orElse("");
    var page = page(asked, afterMarker(marker, asked));
    var xml = begin("ListVersionsResult", call, asked);
    xml.element("KeyMarker", asked.encode().apply(marker))
        .element("VersionIdMarker", call.query().value("version-id-marker").orElse(""))
        .element("IsTruncated", truncated(asked, page));
    if (truncated(asked, page)) {
      xml.element("NextKeyMarker", asked.encode().apply(marker(page)))
          .element("NextVersionIdMarker", "null");
    }
    for (var version : page.versions()) {
      xml.open("Version");
      object(xml, version, asked);
      xml.element("VersionId", "null").element("IsLatest", true);
      Replies.owner(xml, "Owner", version.stored().uploader());
      xml.close("Version");
    }
    prefixes(xml, page, asked);
    return Replies.xml(xml, Map.of());
  }

  private ListPage page(Asked asked, ListFrom from) throws IOException {
    return store.list(
        new ListQuery(
            asked.prefix(),
            asked.delimiter(),
            from,
            asked.limit(),
            Access.listsReports(asked.prefix())));
  }

  private static ListFrom after(String key) {
    return key.isEmpty() ? new ListFrom.Beginning() : new ListFrom.AfterKey(key);
  }

  /// V1's marker may be a common prefix of the page before, which is then over as a whole.
  private static ListFrom afterMarker(String marker, Asked asked) {
    var rolled =
        !asked.delimiter().isEmpty()
            && marker.startsWith(asked.prefix())
            && marker.length() > asked.prefix().length()
            && marker.indexOf(asked.delimiter(), asked.prefix().length())
                == marker.length() - asked.delimiter().length();
    return rolled ? new ListFrom.PastPrefix(marker) : after(marker);
  }

  /// With no keys asked for there is no next page either, or clients would ask for ever.
  private static boolean truncated(Asked asked, ListPage page) {
    return page.next().isPresent() && asked.limit() > 0;
  }

  private static String marker(ListPage page) {
    return switch (page.next().orElseThrow()) {
      case ListFrom.Beginning() -> "";
      case ListFrom.AfterKey(var key) -> key;
      case ListFrom.PastPrefix(var prefix) -> prefix;
    };
  }

  private static Xml begin(String root, Call call, Asked asked) {
    var xml =
        Xml.document(root)
            .element("Name", call.bucket())
            .element("Prefix", asked.encode().apply(asked.prefix()))
            .element("MaxKeys", asked.limit());
    if (!asked.delimiter().isEmpty()) {
      xml.element("Delimiter", asked.encode().apply(asked.delimiter()));
    }
    if (asked.encoded()) {
      xml.element("EncodingType", "url");
    }
    return xml;
  }

  private static void contents(Xml xml, Version version, Asked asked, boolean owner) {
    xml.open("Contents");
    object(xml, version, asked);
    if (owner) {
      Replies.owner(xml, "Owner", version.stored().uploader());
    }
    xml.close("Contents");
  }

  private static void object(Xml xml, Version version, Asked asked) {
    var stored = version.stored();
    xml.element("Key", asked.encode().apply(stored.key()))
        .element("LastModified", stored.storedAt())
        .etag(stored.etag())
        .element("Size", stored.sizeBytes())
        .element("StorageClass", "STANDARD");
  }

  private static void prefixes(Xml xml, ListPage page, Asked asked) {
    for (var prefix : page.commonPrefixes()) {
      xml.open("CommonPrefixes")
          .element("Prefix", asked.encode().apply(prefix))
          .close("CommonPrefixes");
    }
  }
}
