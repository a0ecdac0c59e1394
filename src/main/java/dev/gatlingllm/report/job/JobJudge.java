package dev.gatlingllm.report.job;

import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.LastWords;
import dev.gatlingllm.report.LoadedRun;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.report.compare.BaselineGate;
import dev.gatlingllm.stats.PercentileRule;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A job of shares as one run: its limits are decided on the calls of all shares, as those of a run
 * are, and it fails by the same rules. Besides it fails if a share is missing, has no end, or has
 * lost something.
 *
 * @param report of all shares
 */
public record JobJudge(RunReport report) {

  /**
   * Waits for the shares, and reads and judges them.
   *
   * @param prices instead of those that a share was priced with; empty for the latter
   * @throws IllegalArgumentException if there is nothing to judge, naming what is missing
   * @throws dev.gatlingllm.record.RecordFormatException naming the file and line that is wrong
   */
  public static JobJudge of(Path folder, JobWait wait, PercentileRule rule, Optional<Prices> prices)
      throws IOException {
    JobShares shares = wait.shares();
    List<Path> withCalls = shares.withCalls();
    if (withCalls.isEmpty()) {
      throw new IllegalArgumentException(
          "--job "
              + folder
              + ": there are no calls to judge: "
              + Stream.concat(
                      shares.shares().isEmpty()
                          ? Stream.of("no share of a load has begun there (llm.load.share)")
                          : shares.gaps().stream(),
                      shares.others().stream())
                  .collect(Collectors.joining("; ")));
    }
    LoadedRun merged = LoadedRun.ofShares(withCalls, rule, prices, shares.gaps());
    List<AssertionResult> more = new ArrayList<>(shares.assertions());
    more.addAll(compared(merged));
    return new JobJudge(merged.report().withAlso(more, shares.others()));
  }

  /** By the settings of the first share: {@code llm.gate.baseline}. */
  private static List<AssertionResult> compared(LoadedRun merged) throws IOException {
    Map<String, String> settings =
        merged.report().info().map(RunInfo::configuration).orElse(Map.of());
    Optional<BaselineGate> gate = BaselineGate.ofConfiguration(settings);
    return gate.isPresent() ? gate.get().judge(merged) : List.of();
  }

  /** Why the job has failed, in words; empty if it passes. */
  public List<String> causes() {
    Set<String> decided =
        report.limits().stream()
            .map(limit -> limit.asAssertion().text())
            .collect(Collectors.toSet());
    return Stream.concat(
            report.assertions().stream()
                .filter(result -> !result.passed() && !decided.contains(result.text()))
                .map(result -> result.text() + ": " + result.actual()),
            report.limits().stream().filter(limit -> !limit.passed()).map(LimitResult::line))
        .toList();
  }

  /**
   * Prints why the job has failed, and as the last line how the clients were.
   *
   * @return whether it passes
   */
  public boolean tell(PrintStream out) {
    List<String> causes = causes();
    LastWords.red(causes).forEach(line -> out.println("[llm] " + line));
    out.println("[llm] " + LastWords.verdict(report.client().verdict(), causes.size(), false));
    return causes.isEmpty();
  }
}
