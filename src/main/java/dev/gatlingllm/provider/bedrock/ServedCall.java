package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.Served;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The pieces of a response that say who served a call. */
final class ServedCall {

  private static final BigDecimal MOST_MILLIS = BigDecimal.valueOf(Integer.MAX_VALUE);

  private ServedCall() {}

  /** A prompt router names the model that it chose. */
  static Served model(String id) {
    return new Served(id, "", "", OptionalLong.empty());
  }

  static Served tier(String tier) {
    return new Served("", tier, "", OptionalLong.empty());
  }

  static Served mode(String latencyMode) {
    return new Served("", "", latencyMode, OptionalLong.empty());
  }

  static Served took(OptionalLong serviceMillis) {
    return new Served("", "", "", serviceMillis);
  }

  /** InvokeModel has its own body for the answer, and says the rest in headers. */
  static Served of(Function<String, Optional<String>> header) {
    return new Served(
        "",
        header.apply("x-amzn-bedrock-service-tier").orElse("").strip(),
        header.apply("x-amzn-bedrock-performanceconfig-latency").orElse("").strip(),
        header
            .apply("x-amzn-bedrock-invocation-latency")
            .map(String::strip)
            .filter(text -> text.matches("\\d{1,10}"))
            .map(text -> millis(new BigDecimal(text)))
            .orElse(OptionalLong.empty()));
  }

  /** A time in ms; absent if it cannot be one. */
  static OptionalLong millis(BigDecimal value) {
    return value.signum() >= 0 && value.compareTo(MOST_MILLIS) <= 0
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }
}
