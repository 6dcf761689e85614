package dev.assay.scanjob;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/// `assay-scan-job fetch|scan|publish|database`: one container of a scan or database Job each. Exit
/// codes: 0 done (also when the bytes are unscannable), 1 failed with a `JobFailure` in the
/// termination message, 2 wrong usage.
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    System.exit(run(args, System.getenv()));
  }

  static int run(String[] args, Map<String, String> variables) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: assay-scan-job fetch|scan|publish|database");
      return 2;
    }
    var environment = new Environment(variables);
    var termination =
        new Termination(environment.path("ASSAY_TERMINATION_LOG", "/dev/termination-log"));
    try {
      switch (args[0]) {
        case "fetch" -> Fetch.run(environment);
        case "scan" -> Scan.run(environment);
        case "publish" -> termination.scanned(Publish.run(environment));
        case "database" -> termination.refreshed(Database.run(environment));
        default -> {
          System.err.println("no such subcommand; there are fetch, scan, publish and database");
          return 2;
        }
      }
      return 0;
    } catch (StepFailure failure) {
      return failed(args[0], failure, termination);
    } catch (IOException e) {
      // Messages of I/O errors may hold paths and URLs: their kind says enough.
      return failed(args[0], StepFailures.of(e), termination);
    } catch (RuntimeException e) {
      // A bug, or a disk that failed in the middle: the Job must still say that it failed.
      // Where, not what: an exception's message may quote the scanned bytes.
      Arrays.stream(e.getStackTrace())
          .limit(20)
          .forEach(frame -> System.err.println("\tat " + frame));
      return failed(args[0], StepFailures.of(e), termination);
    } catch (InterruptedException e) {
      return failed(args[0], new StepFailure("Interrupted", "stopped from outside"), termination);
    }
  }

  private static int failed(String step, StepFailure failure, Termination termination)
      throws IOException {
    System.err.println(step + " failed: " + failure.reason() + ": " + failure.sentence());
    termination.failed(step, failure);
    return 1;
  }
}
