package dev.assay.dataplane.s3;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Writes S3's XML documents. What XML 1.0 cannot hold is written as a character reference, as S3
/// does; clients that expect such keys ask for `encoding-type=url`.
final class Xml {
  static final String PROLOG = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final StringBuilder out = new StringBuilder(512).append(PROLOG);
  private final String root;

  private Xml(String root) {
    this.root = root;
  }

  static Xml document(String root) {
    var xml = new Xml(root);
    xml.out.append('<').append(root).append(" xmlns=\"").append(NAMESPACE).append("\">");
    return xml;
  }

  /// Errors have no namespace.
  static Xml error() {
    var xml = new Xml("Error");
    xml.out.append("<Error>");
    return xml;
  }

  Xml open(String name) {
    out.append('<').append(name).append('>');
    return this;
  }

  Xml close(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  Xml element(String name, String text) {
    open(name);
    escape(text);
    return close(name);
  }

  Xml text(String text) {
    escape(text);
    return this;
  }

  Xml element(String name, long number) {
    return element(name, Long.toString(number));
  }

  Xml element(String name, boolean truth) {
    return element(name, Boolean.toString(truth));
  }

  Xml element(String name, Instant time) {
    return element(name, TIMESTAMP.format(time));
  }

  Xml etag(String etag) {
    return element("ETag", "\"" + etag + "\"");
  }

  String end() {
    close(root);
    return out.toString();
  }

  private void escape(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        default -> {
          if (c < 0x20 || c == 0xfffe || c == 0xffff) {
            out.append("&#x").append(Integer.toHexString(c)).append(';');
          } else {
            out.append(c);
          }
        }
      }
    }
  }
}
