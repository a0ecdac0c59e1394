package dev.gatlingllm.gatling;

import dev.gatlingllm.gatling.call.LastCall;
import dev.gatlingllm.size.CallSize;
import dev.gatlingllm.size.CallSizes;
import io.gatling.javaapi.core.Session;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Puts the size of the next call into the session of its user. Safe for use by many threads. */
final class SizeDraw implements UnaryOperator<Session> {

  private static final String ATTRIBUTE = "llm.size";

  private final Prompts prompts;
  private final CallSizes sizes;
  private final AtomicLong drawn = new AtomicLong();

  SizeDraw(Prompts prompts, CallSizes sizes) {
    this.prompts = prompts;
    this.sizes = sizes;
  }

  /** The size that was drawn. */
  static CallSize of(Session session) {
    return session.get(ATTRIBUTE);
  }

  @Override
  public Session apply(Session session) {
    return session.set(ATTRIBUTE, prompts.sized(sizes.of(number(session))));
  }

  /**
   * Threads build arrivals in any order, so the first call of one has the number of its arrival.
   */
  private long number(Session session) {
    long before = drawn.getAndIncrement();
    boolean arrived = session.contains(Arrivals.INDEX) && !session.contains(LastCall.ATTRIBUTE);
    return arrived ? session.getLong(Arrivals.INDEX) : before;
  }
}
