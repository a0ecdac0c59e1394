package dev.gatlingllm.it;

import static dev.gatlingllm.LlmDsl.llm;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.holdFor;
import static io.gatling.javaapi.core.CoreDsl.jumpToRps;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;

/** A hundred users at once, of whom Gatling lets four through per second. */
public class ThrottledSimulation extends Simulation {
  {
    setUp(
            scenario("Throttled")
                .exec(llm("chat").prompt("Hello.").maxTokens(3))
                .injectOpen(atOnceUsers(100)))
        .throttle(jumpToRps(4), holdFor(3))
        .protocols(llm);
  }
}
