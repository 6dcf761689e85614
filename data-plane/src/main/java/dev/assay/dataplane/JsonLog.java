package dev.assay.dataplane;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.assay.wire.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// Makes `System.Logger` write one JSON object a line to standard output. The JDK's own handlers
/// are gone before a shutdown hook can say what it does; this one is not.
public final class JsonLog extends System.LoggerFinder {
  private static final Level THRESHOLD =
      "debug".equalsIgnoreCase(System.getenv("ASSAY_LOG")) ? Level.DEBUG : Level.INFO;

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Lines(name);
  }

  private record Lines(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level.getSeverity() >= THRESHOLD.getSeverity();
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        write(level, name, String.valueOf(message), thrown);
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      if (isLoggable(level)) {
        var text = String.valueOf(format);
        write(
            level,
            name,
            parameters == null || parameters.length == 0
                ? text
                : new MessageFormat(text, Locale.ROOT).format(parameters),
            null);
      }
    }
  }

  private static void write(Level level, String name, String message, @Nullable Throwable thrown) {
    var line = new LinkedHashMap<String, String>();
    line.put("time", Instant.now().toString());
    line.put("level", level.getName());
    line.put("logger", name);
    line.put("message", message);
    if (thrown != null) {
      var trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      line.put("stack", trace.toString());
    }
    try {
      System.out.println(Json.MAPPER.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      System.out.println("{\"message\":\"a line of the log could not be written\"}");
    }
  }
}
