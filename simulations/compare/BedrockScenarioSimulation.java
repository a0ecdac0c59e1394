package compare;

import static dev.gatlingllm.LlmDsl.llm;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.protocol.LlmAssertions;
import dev.gatlingllm.protocol.Planned;
import dev.gatlingllm.protocol.Scenarios;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Simulation;

/**
 * Which model, region and latency mode of Amazon Bedrock answers these prompts fastest?
 *
 * <p>Reads a scenario file (JSON lines with text_prompt, model_id, region, inference_profile, …)
 * and makes each call as often as asked, in an order shuffled by {@code llm.seed}, several at a
 * time. The report has one row for each model × region × latency mode.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=compare.BedrockScenarioSimulation
 * mvn gatling:test -Dgatling.simulationClass=compare.BedrockScenarioSimulation \
 *     -Dllm.provider=bedrock -Dllm.bedrock.region=us-east-2 -Dllm.scenarios.file=mine.jsonl
 * </pre>
 *
 * <p>Red means: a limit under {@code llm.slo} was not met by one of the groups.
 */
public class BedrockScenarioSimulation extends Simulation {

  private final LlmConfig config = LlmConfig.read().speaking("bedrock");
  private final Scenarios scenarios = Scenarios.of(config);

  {
    ChainBuilder call =
        group("#{group}")
            .on(
                llm("chat")
                    .messages(session -> Scenarios.drawn(session).messages())
                    .maxTokens(session -> Scenarios.drawn(session).maxTokens().getAsInt())
                    .model(session -> Scenarios.drawn(session).model())
                    .region(session -> Scenarios.drawn(session).region())
                    .latencyMode(session -> Scenarios.drawn(session).latencyMode()));
    setUp(
            scenario("Bedrock scenarios")
                .exec(scenarios.each(call))
                .injectOpen(atOnceUsers(config.scenarios().parallelCalls())))
        .protocols(
            llm.config(config)
                .planned(
                    Planned.clients(
                        config.scenarios().parallelCalls(), "scenarios", scenarios.requests())))
        .assertions(
            scenarios.groups().stream()
                .flatMap(name -> LlmAssertions.slo(config.slo(), name, "chat").stream())
                .toList());
  }
}
