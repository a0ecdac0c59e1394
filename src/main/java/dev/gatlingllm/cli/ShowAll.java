package dev.gatlingllm.cli;

import dev.gatlingllm.stats.PercentileRule;
import picocli.CommandLine.Option;

/** The option {@code --show-all}, which several commands take. */
final class ShowAll {

  @Option(
      names = "--show-all",
      description = "Show percentiles of too few values as well, which are withheld otherwise.")
  private boolean given;

  PercentileRule rule() {
    return given ? PercentileRule.SHOW_ALL : PercentileRule.WITHHOLD_WHEN_FEW;
  }
}
