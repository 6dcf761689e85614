package dev.assay.dataplane.http;

import java.io.InputStream;
import java.util.OptionalLong;

/// One request as its handler sees it.
public interface Request {
  RequestHead head();

  /// The bytes as they were sent, framing of `aws-chunked` included. The first read asks a client
  /// that waits (`Expect: 100-continue`) to go on.
  InputStream body();

  /// `Content-Length`; empty for a chunked transfer, 0 where there is no body.
  OptionalLong contentLength();

  long bytesReceived();

  long startedNanos();

  /// Names the operation, for metrics and logs.
  void label(String operation);

  String label();

  /// From now on the client is kept waiting by white space if the answer takes long. The answer
  /// must then be XML that begins with `prolog`; its status will be 200 once that was sent.
  void keepAlive(String prolog);

  /// Ends the connection, from any thread.
  void cut();
}
