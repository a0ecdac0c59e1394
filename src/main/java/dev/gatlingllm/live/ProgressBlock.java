package dev.gatlingllm.live;

import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.text.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** How a run stands, in a few lines for a terminal, whatever the locale of the machine. */
final class ProgressBlock {

  /** What fits on any terminal. */
  static final int WIDTH = 79;

  private ProgressBlock() {}

  static List<String> lines(ProgressSnapshot now) {
    List<String> lines = new ArrayList<>();
    lines.add("[llm] " + headline(now));
    lines.add(row("calls", calls(now)));
    lines.add(row("TTFT", ttft(now)));
    lines.add(row("tokens/s", rate(now)));
    lines.add(row("failures", failures(now)));
    now.outlook().spend().forEach(spent -> lines.add(row("spend", spent)));
    return lines.stream().map(ProgressBlock::cut).toList();
  }

  private static String row(String name, String text) {
    return Figures.fill("      %-9s %s", name, text);
  }

  private static String cut(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }

  /** How far the run is, in a sentence without its end. */
  static String headline(ProgressSnapshot now) {
    String elapsed = clock(now.elapsedSeconds());
    if (now.outlook().way().isEmpty()) {
      return "running for " + elapsed;
    }
    LoadGoal.Way way = now.outlook().way().get();
    String percent = "running, " + Figures.fill("%.0f %%", Math.floor(100 * way.share()));
    if (way.share() >= 1) {
      return percent + " of the load after " + elapsed + ", waiting for the last calls";
    }
    String left =
        way.leftNanos().isPresent()
            ? ", " + clock(way.leftNanos().getAsLong() / 1e9) + " left"
            : "";
    return percent + " of the load after " + elapsed + left;
  }

  /** Minutes and seconds, or with hours. */
  static String clock(double seconds) {
    Duration all = Duration.ofSeconds(Math.round(seconds));
    return all.toHours() > 0
        ? Figures.fill("%d:%02d:%02d", all.toHours(), all.toMinutesPart(), all.toSecondsPart())
        : Figures.fill("%d:%02d", all.toMinutesPart(), all.toSecondsPart());
  }

  private static String calls(ProgressSnapshot now) {
    ProgressCounts counts = now.counts();
    StringBuilder text = new StringBuilder(80);
    text.append(now.completions() == 0 ? "-" : Figures.fill("%.1f", now.requestsPerMinute()));
    text.append("/min completed");
    now.outlook()
        .way()
        .map(LoadGoal.Way::askedRpm)
        .filter(OptionalDouble::isPresent)
        .ifPresent(rpm -> text.append(Figures.fill(" of %.1f/min asked", rpm.getAsDouble())));
    text.append(
        Figures.fill(
            ", %s done, %s in flight",
            Figures.count(counts.succeeded()), Figures.count(counts.inFlight())));
    if (counts.cancelled() > 0) {
      text.append(", ").append(Figures.count(counts.cancelled())).append(" cancelled");
    }
    return text.toString();
  }

  private static String ttft(ProgressSnapshot now) {
    SoFar.Percentiles all = now.soFar();
    return "p50 " + whole(all.ttftP50()) + " ms, p95 " + whole(all.ttftP95()) + " ms so far";
  }

  /** The bad tail of a rate is the low one. */
  private static String rate(ProgressSnapshot now) {
    SoFar.Percentiles all = now.soFar();
    return "p50 " + whole(all.rateP50()) + ", p5 " + whole(all.rateP5()) + " of one call so far";
  }

  private static String whole(OptionalDouble value) {
    return value.isPresent() ? Figures.fill("%.0f", value.getAsDouble()) : "-";
  }

  static String failures(ProgressSnapshot now) {
    long all = now.counts().failed();
    String kinds =
        now.failures().entrySet().stream()
            .sorted(Map.Entry.<Outcome, Long>comparingByValue().reversed())
            .map(kind -> kind.getKey().code() + " " + Figures.count(kind.getValue()))
            .collect(Collectors.joining(", "));
    String dropped =
        now.counts().dropped() == 0
            ? ""
            : "; dropped arrivals " + Figures.count(now.counts().dropped());
    return (all == 0 ? "none" : Figures.count(all) + ": " + kinds) + dropped;
  }
}
