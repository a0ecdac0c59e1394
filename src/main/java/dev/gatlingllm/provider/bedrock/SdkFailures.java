package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.Redirect;
import dev.gatlingllm.provider.TlsFailure;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;

/** Says in our terms why the SDK or the transport under it failed. Thread-safe. */
record SdkFailures(Secrets secrets) {

  /** Classifies what went wrong, given how far the exchange had come. */
  Failure of(Throwable thrown, SdkExchange exchange) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof AwsServiceException refusal) {
      return refused(refusal);
    }
    Optional<Failure> exhausted = Failure.ofExhaustion(cause);
    if (exhausted.isPresent()) {
      return masked(exhausted.get());
    }
    Throwable network = firstOf(cause, IOException.class::isInstance);
    if (exchange.status() == 0) {
      return network == null
          ? withoutNetwork(cause, exchange)
          : beforeHead(cause, network, exchange);
    }
    return exchange.wasCut()
        ? failure(Failure.Kind.BROKEN, exchange.status(), network == null ? cause : network)
        : unreadable(cause, exchange);
  }

  /** What came was no head of an answer, or not all of one, or nothing was sent. */
  private Failure withoutNetwork(Throwable cause, SdkExchange exchange) {
    Throwable codec = firstOf(cause, SdkFailures::isOfCodec);
    if (codec == null) {
      return failure(Failure.Kind.CRASHED, 0, cause);
    }
    return codec instanceof PrematureChannelClosureException
        ? failure(Failure.Kind.BROKEN, 0, codec)
        : unreadable(codec, exchange);
  }

  /** Netty's exceptions of HTTP/1.1 and of HTTP/2 have no type in common. */
  private static boolean isOfCodec(Throwable cause) {
    return cause instanceof CodecException || cause instanceof Http2Exception;
  }

  /** What could not be read may be text of the model, and its reader quotes it: not repeated. */
  private static Failure unreadable(Throwable cause, SdkExchange exchange) {
    String type = exchange.contentType().isEmpty() ? "no content type" : exchange.contentType();
    return new Failure(
        Failure.Kind.MALFORMED,
        exchange.status(),
        cause.getClass().getSimpleName(),
        "the SDK could not read the response (" + type + ")");
  }

  private Failure refused(AwsServiceException refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    if (Redirect.is(refusal.statusCode())) {
      return masked(Redirect.failure(refusal.statusCode(), location(details)));
    }
    ForeignBody.Words words = words(refusal);
    String code = words.code();
    boolean throttled =
        refusal.statusCode() == 429
            || refusal.isThrottlingException()
            || code.startsWith("ServiceQuotaExceeded");
    return new Failure(
        throttled ? Failure.Kind.THROTTLED : Failure.Kind.REJECTED,
        refusal.statusCode(),
        secrets.mask(code),
        secrets.mask((words.message() + original(refusal)).strip()));
  }

  /** Bedrock's words, or those of whoever answered in its place. */
  private static ForeignBody.Words words(AwsServiceException refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    String code = details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
    String message = details == null ? "" : Objects.requireNonNullElse(details.errorMessage(), "");
    if (!message.isEmpty() || details == null || details.sdkHttpResponse() == null) {
      return new ForeignBody.Words(code, message);
    }
    byte[] bytes =
        details.rawResponse() == null ? new byte[0] : details.rawResponse().asByteArrayUnsafe();
    ForeignBody body = ForeignBody.of(details.sdkHttpResponse(), bytes);
    return body.error()
        .map(found -> new ForeignBody.Words(code.isEmpty() ? found.code() : code, found.message()))
        .orElseGet(
            () -> new ForeignBody.Words(code, "the body has no message: " + body.described()));
  }

  /** What Bedrock was told by the host of the model. */
  private static String original(AwsServiceException refusal) {
    if (refusal instanceof ModelErrorException error) {
      return OriginalError.text(error.originalStatusCode(), error.resourceName());
    }
    return refusal instanceof ModelStreamErrorException error
        ? OriginalError.text(error.originalStatusCode(), error.originalMessage())
        : "";
  }

  private static Optional<String> location(AwsErrorDetails details) {
    return Optional.ofNullable(details)
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader("location"));
  }

  Failure masked(Failure failure) {
    return new Failure(
        failure.kind(),
        failure.status(),
        secrets.mask(failure.code()),
        secrets.mask(failure.message()));
  }

  private Failure beforeHead(Throwable cause, Throwable network, SdkExchange exchange) {
    Failure.Kind kind = kindBeforeHead(cause);
    Optional<Throwable> handshake =
        Optional.of(kind)
            .filter(Failure.Kind.BROKEN::equals)
            .flatMap(broken -> exchange.failedHandshake());
    Optional<Failure> stale =
        kind == Failure.Kind.BROKEN ? exchange.closedByServer() : Optional.empty();
    if (stale.isPresent()) {
      return stale.get();
    }
    return handshake
        .map(failed -> failure(kindBeforeHead(failed), 0, failed))
        .orElseGet(() -> failure(kind, 0, network));
  }

  /** A connection that was made and then lost had been reached, so it counts as broken. */
  private static Failure.Kind kindBeforeHead(Throwable cause) {
    if (firstOf(cause, SdkFailures::isConnectTimeout) != null) {
      return Failure.Kind.CONNECT_TIMEOUT;
    }
    return firstOf(cause, SdkFailures::isUnreachable) == null
        ? Failure.Kind.BROKEN
        : Failure.Kind.UNREACHABLE;
  }

  private static boolean isConnectTimeout(Throwable cause) {
    return cause instanceof ConnectTimeoutException
        || cause instanceof SslHandshakeTimeoutException;
  }

  private static boolean isUnreachable(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException
        || cause instanceof SSLException;
  }

  private Failure failure(Failure.Kind kind, int status, Throwable cause) {
    Optional<TlsFailure> tls =
        kind == Failure.Kind.UNREACHABLE ? TlsFailure.of(cause) : Optional.empty();
    if (tls.isPresent()) {
      return new Failure(kind, status, tls.get().code(), secrets.mask(tls.get().message()));
    }
    String message = cause.getMessage() == null ? "" : cause.getMessage();
    return new Failure(kind, status, cause.getClass().getSimpleName(), secrets.mask(message));
  }

  private static Throwable unwrapped(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  private static Throwable firstOf(Throwable thrown, Predicate<Throwable> wanted) {
    Throwable at = thrown;
    while (at != null && !wanted.test(at)) {
      at = at.getCause() == at ? null : at.getCause();
    }
    return at;
  }
}
