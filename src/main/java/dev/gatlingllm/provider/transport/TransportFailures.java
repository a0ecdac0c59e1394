package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.Failure.Kind;
import dev.gatlingllm.provider.TlsFailure;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.ContentLengthNotAllowedException;
import io.netty.handler.codec.http.InvalidLineSeparatorException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What the exceptions of the transport mean for a call. */
final class TransportFailures {

  private static final int DEEPEST_CAUSE = 10;

  private TransportFailures() {}

  /**
   * Classifies an exception.
   *
   * @param status the HTTP status if the head had come, else 0
   */
  static Failure describe(Throwable thrown, int status) {
    if (thrown instanceof CredentialException) {
      return describe(Kind.REJECTED, thrown.getCause(), status);
    }
    Optional<Failure> exhausted = Failure.ofExhaustion(thrown);
    if (exhausted.isPresent()) {
      return withStatus(exhausted.get(), status);
    }
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      Optional<Kind> kind = kind(cause, status > 0);
      if (kind.isPresent()) {
        return describe(kind.get(), cause, status);
      }
      cause = cause.getCause();
    }
    return crash(thrown, status);
  }

  /** A failure of our own code or of the SDK. */
  static Failure crash(Throwable cause, int status) {
    return describe(Kind.CRASHED, cause, status);
  }

  private static Optional<Kind> kind(Throwable cause, boolean afterHead) {
    if (isMalformed(cause)) {
      return Optional.of(Kind.MALFORMED);
    }
    if (afterHead) {
      return isBreak(cause) ? Optional.of(Kind.BROKEN) : Optional.empty();
    }
    // Before IOException, which most of these are.
    if (isConnectTimeout(cause)) {
      return Optional.of(Kind.CONNECT_TIMEOUT);
    }
    if (isUnreachable(cause)) {
      return Optional.of(Kind.UNREACHABLE);
    }
    return isBreak(cause) ? Optional.of(Kind.BROKEN) : Optional.empty();
  }

  private static boolean isMalformed(Throwable cause) {
    return cause instanceof DecoderException && !(cause.getCause() instanceof SSLException);
  }

  private static boolean isConnectTimeout(Throwable cause) {
    return cause instanceof ConnectTimeoutException
        || cause instanceof SslHandshakeTimeoutException
        || (cause instanceof ProxyConnectException && endsWithTimeout(cause.getMessage()));
  }

  /** All that Netty says of a proxy that did not answer in time. */
  private static boolean endsWithTimeout(String message) {
    return message != null && message.endsWith("timeout");
  }

  private static boolean isUnreachable(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof UnknownHostException
        || cause instanceof ProxyConnectException
        || cause instanceof SSLException;
  }

  private static boolean isBreak(Throwable cause) {
    return cause instanceof SocketException
        || cause instanceof ClosedChannelException
        || cause instanceof PrematureChannelClosureException
        || cause instanceof IOException;
  }

  private static Failure describe(Kind kind, Throwable cause, int status) {
    Failure failure = Failure.of(kind, cause);
    Optional<TlsFailure> tls = kind == Kind.UNREACHABLE ? TlsFailure.of(cause) : Optional.empty();
    if (tls.isPresent() && failure.kind() == kind) {
      return new Failure(kind, status, tls.get().code(), tls.get().message());
    }
    String message = failure.message();
    if (message.isEmpty() && cause instanceof DecoderException) {
      message = notHttp(cause, status > 0);
    }
    if (cause instanceof SSLException) {
      // OpenSSL's own message is the same for every failure; the certificate's comes with the root.
      message += rootMessage(cause);
    }
    return new Failure(failure.kind(), status, failure.code(), message);
  }

  /** In our words: those of the decoder may quote what came. */
  private static String notHttp(Throwable cause, boolean afterHead) {
    if (cause instanceof ContentLengthNotAllowedException) {
      return "the head has both content-length and transfer-encoding, which RFC 9112 (6.3) calls an"
          + " error";
    }
    if (cause instanceof InvalidLineSeparatorException) {
      return "a line of HTTP ends without carriage return and line feed";
    }
    if (cause instanceof TooLongFrameException) {
      return "a line of HTTP, or the head, is longer than this client reads";
    }
    return afterHead
        ? "the body is not in the form that its head announces: a chunk without its length, or not"
            + " as long as that"
        : "what came is no HTTP/1.1 response, or has a head that the standard forbids; does the"
            + " address, with its port and http or https, belong to this API?";
  }

  private static Failure withStatus(Failure failure, int status) {
    return new Failure(failure.kind(), status, failure.code(), failure.message());
  }

  private static String rootMessage(Throwable cause) {
    Throwable root = cause;
    for (int depth = 0; root.getCause() != null && depth < DEEPEST_CAUSE; depth++) {
      root = root.getCause();
    }
    return root == cause || root.getMessage() == null ? "" : ": " + root.getMessage();
  }
}
