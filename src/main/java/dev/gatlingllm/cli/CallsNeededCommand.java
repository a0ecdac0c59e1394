package dev.gatlingllm.cli;

import dev.gatlingllm.decision.CallsNeeded;
import dev.gatlingllm.text.Figures;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints how many calls a comparison of two runs takes. */
@Command(
    name = "calls-needed",
    description = {
      "Prints how many calls each of two runs takes to show that the second is slower.",
      "",
      "In at least four of five comparisons, with the 5 %% risk of compare --fail-if-worse. Spread is the 95th"
          + " percentile divided by the median. Dependence is the calls of a run divided by the"
          + " independent ones that they are worth, as its page says: 1 if no call waits for another."
    })
final class CallsNeededCommand implements Callable<Integer> {

  private final PrintStream out;

  @Option(
      names = "--effect",
      split = ",",
      paramLabel = "PERCENT",
      description = "How much slower in percent (default: 5,10,20,50,100).")
  private List<Double> effects = List.of(5.0, 10.0, 20.0, 50.0, 100.0);

  @Option(
      names = "--spread",
      split = ",",
      paramLabel = "RATIO",
      description = "95th percentile divided by the median (default: 1.2,1.5,2,3,5).")
  private List<Double> spreads = List.of(1.2, 1.5, 2.0, 3.0, 5.0);

  @Option(
      names = "--percentile",
      split = ",",
      paramLabel = "PERCENT",
      description = "The percentile that is compared (default: 50,90,95,99).")
  private List<Double> percentiles = List.of(50.0, 90.0, 95.0, 99.0);

  @Option(
      names = "--dependence",
      paramLabel = "CALLS",
      description = "How many calls are worth one independent call (default: 1).")
  private double dependence = 1;

  CallsNeededCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    out.println(
        "| percentile | p95 / p50 |"
            + effects.stream()
                .map(effect -> " +" + Figures.plain(effect) + " % |")
                .collect(Collectors.joining()));
    out.println("|---|---|" + "--:|".repeat(effects.size()));
    for (double percentile : percentiles) {
      for (double spread : spreads) {
        out.println(row(percentile, new CallsNeeded(percentile, spread, dependence)));
      }
    }
    return 0;
  }

  private String row(double percentile, CallsNeeded needed) {
    return effects.stream()
        .map(effect -> " " + Figures.count(needed.toShow(effect)) + " |")
        .collect(
            Collectors.joining(
                "",
                "| p" + Figures.plain(percentile) + " | " + Figures.plain(needed.spread()) + " |",
                ""));
  }
}
