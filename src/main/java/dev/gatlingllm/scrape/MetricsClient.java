package dev.gatlingllm.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Reads metrics over HTTP/1.1, on threads of its own that do not keep the JVM from its end. An
 * answer that does not end in time, or is longer than {@value #MOST_BYTES} bytes, is given up. Safe
 * for use by many threads.
 */
public final class MetricsClient {

  /** Some hundred times what a busy vLLM answers. */
  static final int MOST_BYTES = 16 << 20;

  private static final int OK = 200;

  private final HttpClient http;
  private final Map<String, String> headers;
  private final Duration patience;

  /**
   * What came of a request.
   *
   * @param text the metrics; none if there is an error
   * @param error why there are none, in words that quote nothing of the answer; else empty
   */
  public record Answer(ScrapedText text, String error) {

    private static final ScrapedText NONE = new ScrapedText(List.of(), 0);

    static Answer failed(String error) {
      return new Answer(NONE, error);
    }

    /** Of something that nobody expected. */
    public static Answer failed(Throwable failure) {
      return failed("no answer (" + failure.getClass().getSimpleName() + ")");
    }
  }

  /**
   * A client.
   *
   * @param headers that go with each request, and may be secrets
   * @param patience how long an answer may take
   */
  public MetricsClient(Map<String, String> headers, Duration patience) {
    this.headers = Map.copyOf(headers);
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
  }

  /** Asks for the metrics of an address. The answer comes in any case, soon after the patience. */
  public CompletableFuture<Answer> read(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience);
    headers.forEach(request::header);
    request.setHeader("accept", "text/plain;version=0.0.4, application/openmetrics-text;q=0.5");
    CompletableFuture<HttpResponse<byte[]>> response =
        http.sendAsync(request.build(), info -> new BoundedBody(MOST_BYTES));
    return response
        // A copy, so that what is given up can still be cancelled. The limit of the request itself
        // ends with the headers of the answer.
        .copy()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (answered, failure) -> {
              if (failure != null) {
                response.cancel(true);
                return Answer.failed(why(failure));
              }
              return answer(answered);
            });
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    if (response.statusCode() != OK) {
      return Answer.failed("it answered " + response.statusCode());
    }
    ScrapedText text = ScrapedText.of(new String(response.body(), UTF_8));
    return text.isValid()
        ? new Answer(text, "")
        : Answer.failed("what it answered is not Prometheus text");
  }

  private String why(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
      return "no answer within " + patience.toMillis() + " ms";
    }
    if (cause instanceof BoundedBody.TooLongException) {
      return "its answer is longer than " + (MOST_BYTES >> 20) + " MiB";
    }
    if (cause instanceof ConnectException) {
      return cause.getCause() instanceof UnresolvedAddressException
          ? "its host is not known"
          : "no connection";
    }
    return cause instanceof SSLException
        ? "TLS could not be set up"
        : "no answer (" + cause.getClass().getSimpleName() + ")";
  }
}
