package dev.gatlingllm.it;

import static dev.gatlingllm.LlmDsl.llm;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** A short call, then one that takes a minute, in a run that may take three seconds. */
public class CutSimulation extends Simulation {
  {
    setUp(
            scenario("Cut")
                .exec(llm("short").prompt("Hello.").maxTokens(3))
                .exec(llm("long").prompt("Hello.").maxTokens(600))
                .injectOpen(atOnceUsers(3)))
        .maxDuration(Duration.ofSeconds(3))
        .protocols(llm);
  }
}
