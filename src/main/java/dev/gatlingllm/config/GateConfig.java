package dev.gatlingllm.config;

import java.util.List;

/**
 * {@code llm.gate}: what fails a run beside a limit that is missed.
 *
 * @param verdict the worst verdict with which the run passes: none (any), trusted or degraded
 * @param undecided what becomes of a limit that too few calls decide: point, fail or pass
 */
public record GateConfig(String verdict, String undecided) {

  static GateConfig read(ConfigReader reader) {
    return new GateConfig(
        reader.choice("llm.gate.verdict", List.of("none", "trusted", "degraded")),
        reader.choice("llm.gate.undecided", List.of("point", "fail", "pass")));
  }
}
