package dev.gatlingllm.config;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * {@code llm.quota}: what the user's account may ask for in a minute. Nothing is limited by it: the
 * plan is compared with it before the run.
 *
 * @param requestsPerMinute absent if it is not known
 * @param tokensPerMinute input and output together; absent if it is not known
 */
public record QuotaConfig(OptionalDouble requestsPerMinute, OptionalLong tokensPerMinute) {

  /** The key of the requests. */
  public static final String REQUESTS = "llm.quota.requestsPerMinute";

  /** The key of the tokens. */
  public static final String TOKENS = "llm.quota.tokensPerMinute";

  static QuotaConfig read(ConfigReader reader) {
    return new QuotaConfig(reader.optionalPositive(REQUESTS), reader.optionalLong(TOKENS, 1));
  }

  /** Whether there is anything to compare with. */
  public boolean isKnown() {
    return requestsPerMinute.isPresent() || tokensPerMinute.isPresent();
  }
}
