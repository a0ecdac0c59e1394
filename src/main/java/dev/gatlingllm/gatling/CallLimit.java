package dev.gatlingllm.gatling;

import dev.gatlingllm.gatling.LimitTarget.Declaration;

/** Calls of a kind, of which the number or the share is limited: {@code failed("chat").count()}. */
public final class CallLimit {

  private final Declaration declaration;

  CallLimit(Declaration declaration) {
    this.declaration = declaration;
  }

  /** How many; decided by the number that was counted. */
  public LimitTarget<Long> count() {
    return new LimitTarget<>(declaration.and("count()"), "count");
  }

  /** The share, in percent. */
  public LimitTarget<Double> percent() {
    return new LimitTarget<>(declaration.and("percent()"), "percent");
  }
}
