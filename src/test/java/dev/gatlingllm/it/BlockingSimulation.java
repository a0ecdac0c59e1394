package dev.gatlingllm.it;

import static dev.gatlingllm.LlmDsl.llm;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** What a simulation must never do: it blocks Gatling's event loops now and then. */
public class BlockingSimulation extends Simulation {
  {
    setUp(
            scenario("Calls")
                .exec(llm("chat").prompt("Hello.").maxTokens(10))
                .injectOpen(constantUsersPerSec(10).during(3)),
            scenario("Blocker")
                .exec(pause(Duration.ofSeconds(1)))
                .repeat(2)
                .on(pause(Duration.ofMillis(300)).exec(BlockingSimulation::block))
                .injectOpen(atOnceUsers(4)))
        .protocols(llm);
  }

  private static io.gatling.javaapi.core.Session block(io.gatling.javaapi.core.Session session) {
    try {
      Thread.sleep(600);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return session;
  }
}
