package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.Answer;
import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.store.Precondition;
import dev.assay.dataplane.store.Store;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// DeleteObjects: each key on its own, so that one that is refused does not keep the others.
final class DeleteMany {
  private static final int MAX_KEYS = 1_000;

  private final Store store;

  DeleteMany(Store store) {
    this.store = store;
  }

  Answer answer(Call call) throws IOException {
    var document = XmlBody.read(SmallBody.read(call), "Delete", "Object", MAX_KEYS);
    var quiet = document.fields().getOrDefault("Quiet", "").strip().equals("true");
    var xml = Xml.document("DeleteResult");
    for (var object : document.entries()) {
      var key = object.get("Key");
      if (key == null || key.isEmpty()) {
        throw XmlBody.malformed();
      }
      delete(xml, key, object, quiet);
    }
    return Replies.xml(xml, Map.of());
  }

  private void delete(Xml xml, String key, Map<String, String> object, boolean quiet)
      throws IOException {
    try {
      var etag = Optional.ofNullable(object.get("ETag")).map(Conditions::unquoted);
      var precondition =
          etag.<Precondition>map(Precondition.HasEtag::new).orElse(Precondition.NONE);
      new Deletion(key, Optional.ofNullable(object.get("VersionId")), precondition).from(store);
      if (!quiet) {
        xml.open("Deleted").element("Key", key);
        version(xml, object);
        xml.close("Deleted");
      }
    } catch (RefusedException e) {
      xml.open("Error").element("Key", key);
      version(xml, object);
      xml.element("Code", e.error().code()).element("Message", e.error().message()).close("Error");
    }
  }

  private static void version(Xml xml, Map<String, String> object) {
    var version = object.get("VersionId");
    if (version != null) {
      xml.element("VersionId", version);
    }
  }
}
