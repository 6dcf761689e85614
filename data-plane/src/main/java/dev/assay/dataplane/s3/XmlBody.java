package dev.assay.dataplane.s3;

import dev.assay.dataplane.http.RefusedException;
import dev.assay.dataplane.http.S3Error;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads the two documents that clients send: a root with repeated entries of plain text fields.
/// Document types and entities are off.
final class XmlBody {
  private static final XMLInputFactory FACTORY = factory();

  private XmlBody() {}

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /// @param fields of the root itself
  /// @param entries the fields of each child of that name, in order
  record Document(Map<String, String> fields, List<Map<String, String>> entries) {}

  /// @param root the document's name, e.g. `Delete`
  /// @param entry the repeated child's name, e.g. `Object`
  /// @param maxEntries more are refused
  /// @throws RefusedException MalformedXML
  static Document read(byte[] body, String root, String entry, int maxEntries)
      throws RefusedException {
    var fields = new HashMap<String, String>();
    var entries = new ArrayList<Map<String, String>>();
    try {
      var reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
      if (reader.nextTag() != XMLStreamConstants.START_ELEMENT
          || !reader.getLocalName().equals(root)) {
        throw malformed();
      }
      while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
        if (!reader.getLocalName().equals(entry)) {
          fields.put(reader.getLocalName(), reader.getElementText());
        } else if (entries.size() >= maxEntries) {
          throw malformed();
        } else {
          entries.add(entry(reader));
        }
      }
    } catch (XMLStreamException e) {
      throw malformed();
    }
    return new Document(Map.copyOf(fields), List.copyOf(entries));
  }

  private static Map<String, String> entry(XMLStreamReader reader) throws XMLStreamException {
    var fields = new HashMap<String, String>();
    while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
      fields.put(reader.getLocalName(), reader.getElementText());
    }
    return Map.copyOf(fields);
  }

  static RefusedException malformed() {
    return S3Error.of(
            400,
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published"
                + " schema.")
        .exception();
  }
}
