package dev.gatlingllm.protocol;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.workload.BedrockScenario;
import dev.gatlingllm.workload.BedrockScenarioFile;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.exec.Executable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The scenarios of a file, each as often as asked, in a shuffled order, drawn by whichever client
 * is free: every one is sent, and none twice.
 */
public final class Scenarios {

  private static final String ATTRIBUTE = "llm.scenario";

  private final List<BedrockScenario> scenarios;
  private final Drawing<BedrockScenario> drawing;
  private final Duration pause;

  private Scenarios(
      List<BedrockScenario> scenarios, Drawing<BedrockScenario> drawing, Duration pause) {
    this.scenarios = scenarios;
    this.drawing = drawing;
    this.pause = pause;
  }

  /**
   * The scenarios that {@code llm.scenarios} asks for.
   *
   * @throws ConfigurationException naming the file and line, if it cannot be read
   */
  public static Scenarios of(LlmConfig config) {
    BedrockScenarioFile file = Startup.orExit(() -> read(config.scenarios().file()));
    file.warnings().forEach(warning -> System.out.println("[llm] " + warning));
    List<BedrockScenario> order = new ArrayList<>();
    for (int i = 0; i < config.scenarios().invocationsPerScenario(); i++) {
      order.addAll(file.scenarios());
    }
    Collections.shuffle(order, new Random(config.seed()));
    return new Scenarios(
        file.scenarios(),
        new Drawing<>(ATTRIBUTE, order),
        config.scenarios().sleepBetweenInvocations());
  }

  private static BedrockScenarioFile read(String file) {
    try {
      return BedrockScenarioFile.read(Path.of(file));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("llm.scenarios: " + e.getMessage());
    }
  }

  /** Makes the call for one scenario after another until none is left. */
  public ChainBuilder each(Executable call) {
    return drawing.each(call, pause, (session, scenario) -> session.set("group", group(scenario)));
  }

  /** The requests of the scenarios, one after another and round again, for no run. */
  public Supplier<LlmRequest> requests() {
    AtomicInteger next = new AtomicInteger();
    return () -> scenarios.get(Math.floorMod(next.getAndIncrement(), scenarios.size())).request();
  }

  /** The request of the scenario that this session has drawn. */
  public static LlmRequest drawn(Session session) {
    BedrockScenario scenario = session.get(ATTRIBUTE);
    return scenario.request();
  }

  /** The groups of the scenarios, in the order of the file: model, region, latency mode. */
  public List<String> groups() {
    return scenarios.stream().map(Scenarios::group).distinct().toList();
  }

  private static String group(BedrockScenario scenario) {
    Map<String, String> labels = scenario.labels();
    return String.join(" | ", labels.get("model"), labels.get("region"), labels.get("latency"));
  }
}
