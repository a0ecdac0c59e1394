package dev.gatlingllm.provider.transport;

import dev.gatlingllm.secret.Secret;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.util.Optional;

/** The headers by which a request shows who sends it, such as a token or a signature. */
public interface Proof {

  /**
   * A request with everything that will be sent, but for what the connection itself adds.
   *
   * @param uri the address it goes to
   * @param headers the headers so far; proofs are added to them
   */
  @SuppressWarnings("ArrayRecordComponent") // it is read once and never compared
  record Outgoing(String method, URI uri, HttpHeaders headers, byte[] body) {}

  /** Adds the headers. */
  void addTo(Outgoing request);

  /** What is sent and no failure may show, if this process does not hide it anyway. */
  Optional<Secret> secret();

  /** A bearer token. */
  static Proof bearer(Secret token) {
    return new Proof() {
      @Override
      public void addTo(Outgoing request) {
        request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token.reveal());
      }

      @Override
      public Optional<Secret> secret() {
        return Optional.of(token);
      }
    };
  }
}
