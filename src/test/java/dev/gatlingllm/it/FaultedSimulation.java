package dev.gatlingllm.it;

import static dev.gatlingllm.LlmDsl.llm;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls by so many users, each with an id in its prompt and a size that follows from the id. */
public class FaultedSimulation extends Simulation {

  /** System properties: how many users there are, and how many calls each of them makes. */
  static final String USERS = "faulted.users";

  static final String CALLS = "faulted.calls";

  /** The first calls of a JVM are slow; not all of them need be. */
  private static final Duration RAMP = Duration.ofSeconds(2);

  private static final int SIZES = 20;
  private static final int NOT_STREAMED = 8;

  private final AtomicInteger next = new AtomicInteger();

  {
    setUp(
            scenario("Faulted")
                .exec(
                    repeat(Integer.getInteger(CALLS))
                        .on(
                            exec(this::numbered),
                            doIfOrElse(session -> streamed(session.getInt("number")))
                                .then(llm("call").prompt("Call id-#{id}.").maxTokens("#{size}"))
                                .orElse(
                                    llm("call")
                                        .prompt("Call id-#{id}.")
                                        .maxTokens("#{size}")
                                        .notStreaming())))
                .injectOpen(rampUsers(Integer.getInteger(USERS)).during(RAMP)))
        .protocols(llm);
  }

  /** How many tokens the answer to a call has. */
  static int size(int id) {
    return 3 + id % SIZES;
  }

  private static boolean streamed(int id) {
    return id % NOT_STREAMED != 0;
  }

  private Session numbered(Session session) {
    int id = next.getAndIncrement();
    return session
        .set("number", id)
        .set("id", String.format(Locale.ROOT, "%06d", id))
        .set("size", size(id));
  }
}
