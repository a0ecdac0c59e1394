package dev.gatlingllm.it;

import static dev.gatlingllm.LlmDsl.failed;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.ttft;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;

/** Five calls under limits of ours and one of Gatling's own. */
public class LimitedSimulation extends Simulation {
  {
    setUp(
            scenario("limited")
                .exec(llm("chat").prompt("Hi").maxTokens(5))
                .injectOpen(atOnceUsers(5)))
        .protocols(llm)
        .assertions(
            ttft("chat").percentile(95).lt(10_000),
            failed("chat").percent().lt(1.0),
            global().failedRequests().count().lt(1L));
  }
}
