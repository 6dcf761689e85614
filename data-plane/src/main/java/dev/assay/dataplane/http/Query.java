package dev.assay.dataplane.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The decoded parameters of a query, in the order they came, repeated names kept.
public record Query(List<Parameter> parameters) {
  public static final Query EMPTY = new Query(List.of());

  /// A name without `=` has the empty value, as S3's subresources (`?uploads`) are sent.
  public record Parameter(String name, String value) {}

  /// @throws RefusedException InvalidURI for a broken escape
  public static Query parse(String raw) throws RefusedException {
    var found = new ArrayList<Parameter>();
    for (var piece : raw.split("&", -1)) {
      if (!piece.isEmpty()) {
        var equals = piece.indexOf('=');
        var name = equals < 0 ? piece : piece.substring(0, equals);
        var value = equals < 0 ? "" : piece.substring(equals + 1);
        found.add(new Parameter(Percent.decode(name, true), Percent.decode(value, true)));
      }
    }
    return new Query(List.copyOf(found));
  }

  public boolean has(String name) {
    return parameters.stream().anyMatch(p -> p.name().equals(name));
  }

  /// @throws RefusedException InvalidArgument when the name is repeated, since two readers of the
  ///   same URL could then see two requests
  public Optional<String> value(String name) throws RefusedException {
    var found = parameters.stream().filter(p -> p.name().equals(name)).toList();
    if (found.size() > 1) {
      throw S3Error.invalidArgument(name, "", "The query names " + name + " more than once.")
          .exception();
    }
    return found.stream().map(Parameter::value).findFirst();
  }
}
