package dev.gatlingllm.it;

import static dev.gatlingllm.LlmDsl.finishReason;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.outputTokens;
import static dev.gatlingllm.LlmDsl.tokensPerSecond;
import static dev.gatlingllm.LlmDsl.ttft;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitHereIfFailed;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.core.CoreDsl.tryMax;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;

/** Everything a scenario may do around a call, once. */
public class FlowSimulation extends Simulation {

  private static final String NEVER_SAID = "zzz-never-said";

  private final ChainBuilder checked =
      exec(
          llm("checked")
              .systemPrompt("Be brief.")
              .prompt("Say something about #{topic}.")
              .maxTokens("#{size}")
              .temperature(0.5)
              .topP(0.9)
              .stop("STOP")
              .seed(7)
              .label("topic", "#{topic}")
              .check(
                  ttft().lt(60_000.0),
                  tokensPerSecond().gt(1.0),
                  outputTokens().is(12),
                  finishReason().is("length"),
                  regex("\\w+ \\w+"),
                  bodyString().saveAs("answer"),
                  outputTokens().saveAs("tokens")));

  private final ChainBuilder continued =
      exec(llm("continued").prompt("Go on: #{answer} (#{tokens} tokens)").maxTokens(6));

  {
    setUp(
            scenario("Flow")
                .exec(session -> session.set("topic", "rivers").set("size", 12))
                .exec(
                    group("outer").on(checked, group("inner").on(continued)),
                    exec(llm("whole").prompt("All at once.").maxTokens(9).notStreaming()),
                    tryMax(3)
                        .on(llm("tried").prompt("Try.").maxTokens(3).check(substring(NEVER_SAID))),
                    exec(session -> session.markAsSucceeded()),
                    exec(llm("unbuildable").prompt("#{missing}")),
                    exitHereIfFailed(),
                    exec(llm("never sent").prompt("No.")))
                .injectOpen(atOnceUsers(1)))
        .protocols(llm);
  }
}
