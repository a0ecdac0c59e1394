package dev.gatlingllm.it;

import static dev.gatlingllm.LlmDsl.llm;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;

/** Four calls, with a hook that fails beside those of the settings. */
public class HookedSimulation extends Simulation {
  {
    setUp(
            scenario("Hooked")
                .repeat(2)
                .on(llm("chat").prompt("Do not tell anyone.").maxTokens(9))
                .injectOpen(atOnceUsers(2)))
        .protocols(llm.hooks(new FailingHook()));
  }
}
