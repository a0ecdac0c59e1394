package compare;

import static dev.gatlingllm.LlmDsl.bedrockScenarios;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.settings;

import io.gatling.javaapi.core.Simulation;

/**
 * Which model, region and latency mode of Amazon Bedrock answers these prompts fastest, and what
 * does its prompt cache gain?
 *
 * <p>Reads a scenario file (JSON lines with text_prompt, model_id, region, inference_profile,
 * prompt_caching, …), and an experiment file if there is one, and makes each call as often as
 * asked, in an order shuffled by {@code llm.seed}, several at a time. The report has one row for
 * each model × region × latency mode, of cached prompts for hits and misses, and of several
 * experiments for each.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=compare.BedrockScenarioSimulation
 * mvn gatling:test -Dgatling.simulationClass=compare.BedrockScenarioSimulation \
 *     -Dllm.provider=bedrock -Dllm.bedrock.region=us-east-2 -Dllm.scenarios.file=mine.jsonl \
 *     -Dllm.scenarios.experimentFile=experiment_config.jsonl
 * </pre>
 *
 * <p>Red means: a limit under {@code llm.slo} was not met by one of the groups.
 */
public class BedrockScenarioSimulation extends Simulation {
  {
    var scenarios = bedrockScenarios(settings());
    setUp(scenarios.inject(llm("chat")))
        .protocols(scenarios.protocols())
        .assertions(scenarios.assertions("chat"));
  }
}
