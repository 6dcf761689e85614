package dev.assay.dataplane;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;

/// The process: parse, start, and stop in good order when told to.
public final class Main {
  private static final System.Logger LOG = System.getLogger(Main.class.getName());

  private Main() {}

  public static void main(String... arguments) throws InterruptedException {
    Options options;
    try {
      options = Options.parse(List.of(arguments), System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    try {
      var running = DataPlane.start(options);
      Runtime.getRuntime().addShutdownHook(new Thread(running::close, "shutdown"));
    } catch (IOException e) {
      LOG.log(Level.ERROR, "cannot start: " + e.getMessage());
      System.exit(1);
    }
  }
}
