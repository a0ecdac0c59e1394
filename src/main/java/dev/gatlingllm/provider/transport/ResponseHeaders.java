package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.ServingDeployment;
import dev.gatlingllm.secret.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Reads what the headers of Azure OpenAI, OpenAI and Anthropic say about the service. A header that
 * is missing or cannot be understood is absent.
 */
public final class ResponseHeaders {

  /** OpenAI's and Azure's, in the order of Azure's own SDK. */
  private static final List<String> IN_MILLIS = List.of("retry-after-ms", "x-ms-retry-after-ms");

  private static final Pattern COUNT = Pattern.compile("\\d{1,15}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(\\.\\d+)?");

  private final UnaryOperator<String> lookup;

  private ResponseHeaders(UnaryOperator<String> lookup) {
    this.lookup = lookup;
  }

  /**
   * Reads the head of a response.
   *
   * @param lookup the value of a header by its lower-case name, null if it did not come
   * @param defaultRegion the region if the service names none
   * @param now the wall time that a {@code retry-after} date is counted from
   */
  public static ResponseHead read(
      int status, UnaryOperator<String> lookup, String defaultRegion, Instant now) {
    ResponseHeaders headers = new ResponseHeaders(lookup);
    return new ResponseHead(
        status,
        headers
            .shown("apim-request-id")
            .or(() -> headers.shown("x-request-id"))
            .or(() -> headers.shown("request-id"))
            .or(() -> headers.shown("x-amzn-requestid"))
            .orElse(""),
        headers.shown("x-ms-region").orElse(defaultRegion),
        headers.count("x-ratelimit-remaining-requests", "anthropic-ratelimit-requests-remaining"),
        headers.count("x-ratelimit-remaining-tokens", "anthropic-ratelimit-tokens-remaining"),
        headers.retryAfterMillis(now),
        headers.percent("azure-openai-deployment-utilization"),
        headers.deployment());
  }

  private ServingDeployment deployment() {
    return new ServingDeployment(
        shown("x-ms-deployment-name").orElse(""),
        shown("x-ms-spillover-from-deployment").orElse(""),
        shown("x-ms-spillover-error").orElse(""));
  }

  private OptionalLong retryAfterMillis(Instant now) {
    for (String name : IN_MILLIS) {
      OptionalDouble millis = number(text(name));
      if (millis.isPresent()) {
        return OptionalLong.of((long) Math.ceil(millis.getAsDouble()));
      }
    }
    return text("retry-after")
        .map(after -> RetryAfter.millis(after, now))
        .orElse(OptionalLong.empty());
  }

  private OptionalLong count(String name, String anthropicName) {
    return text(name)
        .or(() -> text(anthropicName))
        .filter(COUNT.asMatchPredicate())
        .map(digits -> OptionalLong.of(Long.parseLong(digits)))
        .orElse(OptionalLong.empty());
  }

  private OptionalDouble percent(String name) {
    return number(text(name).map(text -> text.endsWith("%") ? withoutLast(text) : text));
  }

  private static String withoutLast(String text) {
    return text.substring(0, text.length() - 1).strip();
  }

  private static OptionalDouble number(Optional<String> text) {
    return text.filter(NUMBER.asMatchPredicate())
        .map(digits -> OptionalDouble.of(Double.parseDouble(digits)))
        .orElse(OptionalDouble.empty());
  }

  /** For the record: a service may put there what it was sent. */
  private Optional<String> shown(String name) {
    return text(name).map(Secret::hideBearer);
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(lookup.apply(name)).map(String::strip).filter(t -> !t.isEmpty());
  }
}
