package dev.gatlingllm.it;

import static dev.gatlingllm.LlmDsl.llm;
import static io.gatling.javaapi.core.CoreDsl.asLongAsDuring;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps so much in memory that little is left for the calls, however large the heap is. */
public class HungrySimulation extends Simulation {

  private static final long LEFT_BYTES = 8L << 20;
  private static final int PIECE_BYTES = 1 << 18;

  private final List<byte[]> hoard = new ArrayList<>();
  private final AtomicBoolean fed = new AtomicBoolean();

  {
    setUp(
            scenario("Hungry")
                .exec(this::hoardOnce)
                .exec(
                    asLongAsDuring(session -> true, Duration.ofSeconds(4))
                        .on(llm("chat").prompt("Hello.").maxTokens(100)))
                .injectOpen(atOnceUsers(20)))
        .protocols(llm);
  }

  /** Not before the run: by now everything that a run needs is loaded. */
  private Session hoardOnce(Session session) {
    if (fed.compareAndSet(false, true)) {
      Runtime runtime = Runtime.getRuntime();
      System.gc();
      while (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory() > LEFT_BYTES) {
        hoard.add(new byte[PIECE_BYTES]);
      }
    }
    return session;
  }
}
