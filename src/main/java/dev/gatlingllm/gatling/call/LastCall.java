package dev.gatlingllm.gatling.call;

import dev.gatlingllm.record.CallRecord;
import io.gatling.javaapi.core.Session;
import java.util.Optional;

/** The record of the call that a user made last. */
public final class LastCall {

  /** Session attribute that holds it. */
  public static final String ATTRIBUTE = "llm.lastCall";

  private LastCall() {}

  /** It; absent if the user has not made any yet. */
  public static Optional<CallRecord> of(Session session) {
    return session.contains(ATTRIBUTE)
        ? Optional.of(session.<CallRecord>get(ATTRIBUTE))
        : Optional.empty();
  }
}
