package dev.assay.dataplane;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// How the process was started.
///
/// @param ports of S3, control and management; an absent one is not opened
record Options(Mode mode, Path root, String bind, Ports ports, int maxUploads) {
  /// More than that share a disk and two cores without getting further.
  private static final int MAX_UPLOADS = 64;

  private static final List<String> KNOWN =
      List.of(
          "root",
          "config",
          "keys",
          "bucket",
          "region",
          "bind",
          "port",
          "control-port",
          "management-port",
          "max-uploads");

  static final String USAGE =
      """
      usage, alone:   ASSAY_ACCESS_KEY_ID=… ASSAY_SECRET_ACCESS_KEY=… java -jar assay-data-plane.jar --root DIR
                      [--bucket assay] [--region us-east-1] [--bind 127.0.0.1] [--port 9000] [--management-port PORT]
             in a pod: java -jar assay-data-plane.jar --root /data --config FILE --keys DIR --bind 0.0.0.0
                      [--port 8080] [--control-port 8081] [--management-port 8082]
      """;

  record Ports(int s3, OptionalInt control, OptionalInt management) {}

  sealed interface Mode {
    /// For people who try it and for tests: one key, everything is released at once.
    record Alone(String bucket, String region, String accessKeyId, String secretKey)
        implements Mode {
      /// Never the secret.
      @Override
      public String toString() {
        return "Alone[" + bucket + "]";
      }
    }

    /// Under the operator: settings from mounted files.
    record InPod(Path configuration, Path keys) implements Mode {}
  }

  /// @throws IllegalArgumentException with a sentence for people
  static Options parse(List<String> arguments, Map<String, String> environment) {
    var given = new HashMap<String, String>();
    for (var i = 0; i < arguments.size(); i += 2) {
      var name = arguments.get(i);
      if (!name.startsWith("--") || !KNOWN.contains(name.substring(2))) {
        throw new IllegalArgumentException("unknown argument " + name);
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + " needs a value");
      }
      given.put(name.substring(2), arguments.get(i + 1));
    }
    var root = given.get("root");
    if (root == null) {
      throw new IllegalArgumentException("--root DIR must be given");
    }
    var configuration = Optional.ofNullable(given.get("config"));
    var keys = Optional.ofNullable(given.get("keys"));
    if (configuration.isPresent() != keys.isPresent()) {
      throw new IllegalArgumentException("--config and --keys go together");
    }
    var inPod = configuration.isPresent() && keys.isPresent();
    var mode =
        inPod
            ? new Mode.InPod(Path.of(configuration.get()), Path.of(keys.get()))
            : alone(given, environment);
    return new Options(
        mode,
        Path.of(root),
        given.getOrDefault("bind", "127.0.0.1"),
        inPod
            ? new Ports(
                port(given, "port").orElse(8080),
                OptionalInt.of(port(given, "control-port").orElse(8081)),
                OptionalInt.of(port(given, "management-port").orElse(8082)))
            : new Ports(
                port(given, "port").orElse(9000),
                OptionalInt.empty(),
                port(given, "management-port")),
        number(given, "max-uploads", 1, 10_000).orElse(MAX_UPLOADS));
  }

  private static Mode alone(Map<String, String> given, Map<String, String> environment) {
    var id = environment.getOrDefault("ASSAY_ACCESS_KEY_ID", "");
    var secret = environment.getOrDefault("ASSAY_SECRET_ACCESS_KEY", "");
    if (id.isBlank() || secret.isBlank()) {
      throw new IllegalArgumentException(
          "ASSAY_ACCESS_KEY_ID and ASSAY_SECRET_ACCESS_KEY must be set where there is no --config");
    }
    return new Mode.Alone(
        given.getOrDefault("bucket", "assay"),
        given.getOrDefault("region", "us-east-1"),
        id,
        secret);
  }

  /// 0 asks for any free port.
  private static OptionalInt port(Map<String, String> given, String name) {
    return number(given, name, 0, 65_535);
  }

  private static OptionalInt number(Map<String, String> given, String name, int min, int max) {
    var text = given.get(name);
    if (text == null) {
      return OptionalInt.empty();
    }
    var number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < min || number > max) {
      throw new IllegalArgumentException(
          "--%s: expected %d to %d, found %s".formatted(name, min, max, text));
    }
    return OptionalInt.of(number);
  }
}
