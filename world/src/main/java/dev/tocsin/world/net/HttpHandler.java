package dev.tocsin.world.net;

import java.io.IOException;

/// Answers requests. Called on a virtual thread per connection, so it may block.
///
/// A [HttpRequest.BodyTooLargeException] it lets through is answered 413; anything else it throws
/// 500, without details. `HEAD` comes as it is; what it answers is sent without the content. A body
/// that it did not read costs the connection where it is not small.
@FunctionalInterface
public interface HttpHandler {
  HttpReply handle(HttpRequest request) throws IOException;
}
