package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.StartConfig;
import dev.gatlingllm.config.Startup;
import io.gatling.core.CoreComponents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Makes the components of each protocol of a simulation: the first begins the run, the others join
 * it. Gatling asks once for each scenario, one after another, before the first user starts.
 */
final class ComponentsOfRun {

  /** Settings of which a run has one value. */
  private static final List<String> OF_THE_RUN =
      List.of(
          "llm.record.folder",
          "llm.record.splitBy",
          "llm.gate.",
          "llm.stop.",
          "llm.spend.",
          "llm.slo.",
          "llm.cost.",
          "llm.console.",
          "llm.serverMetrics.",
          "llm.otlp.",
          "llm.prometheus.",
          "llm.labels.",
          "llm.live",
          "llm.liveAddresses",
          "llm.description",
          "llm.seed",
          "llm.load.drain");

  private final CoreComponents core;
  private final BiFunction<LlmProtocol, CoreComponents, LlmComponents> begin;
  private final Map<LlmProtocol, LlmComponents> made = new LinkedHashMap<>();
  private int scenarios;

  ComponentsOfRun(
      CoreComponents core, BiFunction<LlmProtocol, CoreComponents, LlmComponents> begin) {
    this.core = core;
    this.begin = begin;
  }

  LlmComponents of(LlmProtocol protocol) {
    scenarios++;
    Startup.orExit(() -> DividedLoads.require(protocol.config().load(), scenarios));
    LlmComponents known = made.get(protocol);
    if (known == null) {
      known = made.isEmpty() ? begin.apply(protocol, core) : join(protocol);
      made.put(protocol, known);
    }
    return known;
  }

  private LlmComponents join(LlmProtocol protocol) {
    LlmComponents first = made.values().iterator().next();
    Startup.orExit(() -> requireOneRun(first.config(), protocol.config()));
    Optional<Map.Entry<LlmProtocol, LlmComponents>> same =
        made.entrySet().stream()
            .filter(entry -> entry.getKey().target().equals(protocol.target()))
            .findFirst();
    if (same.isEmpty()) {
      Startup.orExit(() -> requireOneStart(first.config()));
      return first.joinedBy(protocol, core, differences(first.config(), protocol.config()));
    }
    protocol.client().close();
    LlmComponents components = same.get().getValue();
    return same.get().getKey().hooks().equals(protocol.hooks())
        ? components
        : components.withHooks(protocol.hooks());
  }

  /** What is done before the load for a further target would go on beyond an agreed start. */
  private static boolean requireOneStart(LlmConfig config) {
    if (config.start().isAgreed()) {
      throw new ConfigurationException(
          StartConfig.AT
              + " and "
              + StartConfig.BARRIER
              + " need one target for the whole run, and this simulation has several protocols: use"
              + " llm.targets");
    }
    return true;
  }

  private static boolean requireOneRun(LlmConfig first, LlmConfig other) {
    for (String key : differences(first, other).keySet()) {
      if (OF_THE_RUN.stream().anyMatch(key::startsWith)) {
        throw new ConfigurationException(
            key
                + " differs between the llm protocols of this simulation: a run has one value of"
                + " it. Set it alike for all of them, or run the scenarios one after another");
      }
    }
    return true;
  }

  /** The settings of another protocol that are not those of the first. */
  private static Map<String, String> differences(LlmConfig first, LlmConfig other) {
    Map<String, String> differences = new TreeMap<>(other.effective());
    differences.keySet().removeIf(key -> same(first, other, key));
    return differences;
  }

  private static boolean same(LlmConfig first, LlmConfig other, String key) {
    return Objects.equals(first.effective().get(key), other.effective().get(key));
  }
}
