package dev.assay.dataplane.http;

import java.io.IOException;

/// Answers requests, each on a virtual thread of its own: it may block.
public interface Handler {
  /// @throws RefusedException to refuse the request with an error document
  /// @throws ClientGoneException when there is nobody left to answer
  /// @throws IOException for what went wrong on this side; the client learns InternalError only
  Answer answer(Request request) throws IOException, InterruptedException;

  /// Renders an error in the port's dialect.
  ///
  /// @param resource the path that was asked for, for people
  Answer.Bytes refusal(S3Error error, String requestId, String resource);

  /// Called once for each request, after its answer was sent or given up.
  default void ended(Request request, int status, long bytesSent) {}
}
