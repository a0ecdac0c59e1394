package dev.gatlingllm.simulator;

import java.util.Optional;
import java.util.OptionalLong;

/** The quotas of requests and of tokens. A call takes from both or from none. Thread-safe. */
final class Quotas {

  /**
   * The verdict on one call.
   *
   * @param waitNanos how long to wait before asking again, 0 if the call was let in
   * @param remainingRequests what is left of the request quota, if there is one
   * @param remainingTokens what is left of the token quota, if there is one
   */
  record Verdict(long waitNanos, OptionalLong remainingRequests, OptionalLong remainingTokens) {

    boolean throttled() {
      return waitNanos > 0;
    }
  }

  private final Optional<Quota> requests;
  private final Optional<Quota> tokens;

  Quotas(LimitSettings limits, long nowNanos) {
    this.requests = quota(limits.requestsPerMinute(), limits, nowNanos);
    this.tokens = quota(limits.tokensPerMinute(), limits, nowNanos);
  }

  synchronized Verdict ask(long nowNanos, long callTokens) {
    long requestWait = requests.map(quota -> quota.waitNanos(nowNanos, 1)).orElse(0L);
    long tokenWait = tokens.map(quota -> quota.waitNanos(nowNanos, callTokens)).orElse(0L);
    long waitNanos = Math.max(requestWait, tokenWait);
    if (waitNanos == 0) {
      requests.ifPresent(quota -> quota.take(1));
      tokens.ifPresent(quota -> quota.take(callTokens));
    }
    return new Verdict(waitNanos, remaining(requests), remaining(tokens));
  }

  private static Optional<Quota> quota(OptionalLong perMinute, LimitSettings limits, long now) {
    return perMinute.isPresent()
        ? Optional.of(new Quota(perMinute.getAsLong(), limits.burst(), now))
        : Optional.empty();
  }

  private static OptionalLong remaining(Optional<Quota> quota) {
    return quota.isPresent() ? OptionalLong.of(quota.get().remaining()) : OptionalLong.empty();
  }
}
