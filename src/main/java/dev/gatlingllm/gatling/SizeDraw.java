package dev.gatlingllm.gatling;

import dev.gatlingllm.size.CallSize;
import dev.gatlingllm.size.CallSizes;
import io.gatling.javaapi.core.Session;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Puts the size of the next call into the session of its user. Safe for use by many threads. */
final class SizeDraw implements UnaryOperator<Session> {

  private static final String ATTRIBUTE = "llm.size";
  private static final String NUMBER = "llm.sizeNumber";

  /** Beyond the number of any arrival: no other call has the prompt of one. */
  private static final long NO_ARRIVAL = 1L << 40;

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
    OptionalLong arrival = Arrivals.number(session);
    long number = prompts.number(drawn.getAndIncrement());
    return session
        .set(ATTRIBUTE, prompts.sized(sizes.of(arrival.orElse(number))))
        .set(
            NUMBER,
            session.contains(Arrivals.INDEX) ? arrival.orElse(NO_ARRIVAL + number) : number);
  }

  /**
   * The number that the prompt of the call is made by. Threads build arrivals in any order, so the
   * first call of one has the number of its arrival.
   */
  static long number(Session session) {
    return session.getLong(NUMBER);
  }
}
