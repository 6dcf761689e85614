package dev.assay.dataplane.store.filesystem;

import dev.assay.dataplane.store.ListFrom;
import dev.assay.dataplane.store.ListPage;
import dev.assay.dataplane.store.ListQuery;
import dev.assay.dataplane.store.Store;
import dev.assay.dataplane.store.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Walks keys in byte order and rolls those that share a prefix up to a delimiter into one line (S3
/// API reference, ListObjectsV2). A rolled-up prefix is skipped by seeking behind it.
final class Listing {
  private final ListQuery query;
  private final Source source;
  private final List<Version> versions = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();
  private ListFrom last;
  private boolean more;

  /// Keys in byte order.
  interface Source {
    /// Up to `limit` served versions whose key is at or after `from`.
    List<VersionRow> from(byte[] from, int limit) throws IOException;
  }

  private Listing(ListQuery query, Source source) {
    this.query = query;
    this.source = source;
    this.last = query.from();
  }

  static ListPage page(ListQuery query, Source source) throws IOException {
    return new Listing(query, source).walk();
  }

  private ListPage walk() throws IOException {
    if (query.limit() == 0) {
      return new ListPage(List.of(), List.of(), Optional.empty());
    }
    var seek = Optional.of(start());
    while (seek.isPresent() && !more) {
      seek = batch(seek.get());
    }
    return new ListPage(versions, prefixes, more ? Optional.of(last) : Optional.empty());
  }

  private boolean full() {
    return versions.size() + prefixes.size() == query.limit();
  }

  /// Takes one batch of keys.
  ///
  /// @return where to read on, empty at the end of the keys
  private Optional<byte[]> batch(byte[] from) throws IOException {
    var asked = query.limit() + 1;
    var rows = source.from(from, asked);
    var seek = from;
    for (var row : rows) {
      var key = row.facts().key();
      if (!key.startsWith(query.prefix())) {
        return Optional.empty();
      }
      var bytes = VersionTable.bytes(key);
      if (Arrays.compareUnsigned(bytes, seek) < 0) {
        continue; // below a prefix that was rolled up within this batch
      }
      if (row.internal() && !query.withInternal()) {
        seek = after(Store.INTERNAL);
        continue;
      }
      if (full()) {
        more = true;
        return Optional.of(seek);
      }
      seek = take(row, key, bytes);
    }
    return rows.size() < asked ? Optional.empty() : Optional.of(seek);
  }

  private byte[] take(VersionRow row, String key, byte[] bytes) {
    var at =
        query.delimiter().isEmpty() ? -1 : key.indexOf(query.delimiter(), query.prefix().length());
    if (at < 0) {
      versions.add(row.version());
      last = new ListFrom.AfterKey(key);
      return Arrays.copyOf(bytes, bytes.length + 1);
    }
    var common = key.substring(0, at + query.delimiter().length());
    prefixes.add(common);
    last = new ListFrom.PastPrefix(common);
    return after(common);
  }

  private byte[] start() {
    var begin =
        switch (query.from()) {
          case ListFrom.Beginning() -> new byte[0];
          case ListFrom.AfterKey(var key) -> {
            var bytes = VersionTable.bytes(key);
            yield Arrays.copyOf(bytes, bytes.length + 1);
          }
          case ListFrom.PastPrefix(var prefix) -> after(prefix);
        };
    var prefix = VersionTable.bytes(query.prefix());
    return Arrays.compareUnsigned(begin, prefix) < 0 ? prefix : begin;
  }

  /// The first possible key behind all that begin with `prefix`. UTF-8 has no byte 0xFF, so the
  /// last byte can always grow.
  static byte[] after(String prefix) {
    var bytes = prefix.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      return new byte[] {(byte) 0xFF};
    }
    bytes[bytes.length - 1]++;
    return bytes;
  }
}
