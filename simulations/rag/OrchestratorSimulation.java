package rag;

import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.orchestrator;
import static dev.gatlingllm.LlmDsl.settings;

import io.gatling.javaapi.core.Simulation;

/**
 * How long do users wait for the orchestrator of a RAG solution, all it does included?
 *
 * <p>Ten users, after 10 s, within 30 s, hold conversations until 360 s have passed, with 1 s to 2
 * s between an answer and the next question. Questions come from a CSV file; the id from an answer
 * goes with the next question. An answer that is empty, an apology or an error text is a failed
 * call. The request is Gatling's own HTTP DSL; orchestrators that stream ({@code
 * llm.rag.answer=sse} or {@code text}) are timed to the first and the last token, too.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=rag.OrchestratorSimulation \
 *     -Dllm.rag.delay=0s -Dllm.rag.rampUp=5s -Dllm.rag.duration=60s
 * ORCHESTRATOR_KEY=… mvn gatling:test -Dgatling.simulationClass=rag.OrchestratorSimulation \
 *     -Dllm.rag.url=https://NAME.azurewebsites.net -Dllm.rag.questions=dataset.csv
 * </pre>
 *
 * <p>Red means: the 95th percentile was above {@code llm.rag.p95} (10 s), another limit under
 * {@code llm.slo} was not met, or 90 % of the calls of a minute failed and the run was cut.
 */
public class OrchestratorSimulation extends Simulation {
  {
    var orchestrator = orchestrator(settings());
    setUp(orchestrator.inject(llm("ask")))
        .protocols(orchestrator.protocols())
        .assertions(orchestrator.assertions("ask"));
  }
}
