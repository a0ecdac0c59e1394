package dev.gatlingllm.report;

import dev.gatlingllm.decision.Ground;
import dev.gatlingllm.record.Extension;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.CallCounts;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.GroupStatistics;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Says in a sentence what load was planned and what was sent. */
final class LoadSentence {

  private LoadSentence() {}

  /** Whether more than 1 % of the planned calls were not sent. */
  static boolean isShort(RunReport report) {
    CallCounts counts = report.statistics().overall().counts();
    return Ground.isShort(counts.started(), counts.dropped() + report.planned().notReached());
  }

  /** Calls that went out: those that could not be built have a record, and were not sent. */
  static long sent(RunReport report) {
    return report.statistics().overall().counts().started()
        - report.planned().neverBuilt()
        + report.planned().unknown()
        + report.statistics().spillover().calls();
  }

  static String of(RunReport report) {
    CallCounts counts = report.statistics().overall().counts();
    long sent = sent(report);
    OptionalLong planned = report.planned().planned();
    String all = Figures.count(sent) + (sent == 1 ? " call was sent" : " calls were sent");
    String head =
        planned.isPresent() && planned.getAsLong() > 0 ? ofPlan(sent, planned.getAsLong()) : all;
    return extended(report, sent).map(why -> all + why).orElse(head)
        + clients(report)
        + rate(report)
        + sizes(report)
        + unsent(counts, report.planned())
        + ".";
  }

  /** Such as {@code , 60 as planned and 128 more until every limit was decided}. */
  private static Optional<String> extended(RunReport report, long sent) {
    Optional<Extension> made =
        report.runs().size() == 1 ? report.info().flatMap(RunInfo::extension) : Optional.empty();
    long planned =
        made.stream()
            .flatMap(extension -> extension.looks().stream())
            .mapToLong(Extension.Look::calls)
            .findFirst()
            .orElse(sent);
    return made.filter(extension -> sent > planned)
        .map(
            extension ->
                ", "
                    + Figures.count(planned)
                    + " as planned and "
                    + Figures.count(sent - planned)
                    + " more "
                    + until(extension));
  }

  private static String until(Extension extension) {
    String end = extension.end().orElse(Extension.CUT);
    return switch (end) {
      case Extension.DECIDED ->
          "until every limit was decided (look " + extension.looks().size() + ")";
      case Extension.NO_GROUND -> "until it was clear that more would decide nothing";
      case Extension.CUT -> "until the load was ended";
      default -> "until " + end + " was reached";
    };
  }

  private static String ofPlan(long sent, long planned) {
    return sent >= planned
        ? "All " + Figures.count(planned) + " planned calls were sent"
        : Figures.count(sent) + " of " + Figures.count(planned) + " planned calls were sent";
  }

  private static String clients(RunReport report) {
    List<GroupStatistics> levels = report.statistics().views().levels();
    if (!levels.isEmpty()) {
      return " in "
          + levels.size()
          + " steps from "
          + levels.get(0).grouping().level()
          + " to "
          + levels.get(levels.size() - 1).grouping().level()
          + " clients";
    }
    OptionalDouble clients = RunSettings.of(report).number("llm.load.clients");
    return clients.isPresent() && report.planned().planned().isEmpty()
        ? " by " + Figures.count(Math.round(clients.getAsDouble())) + " clients"
        : "";
  }

  private static String rate(RunReport report) {
    CallStatistics calls = report.statistics().overall();
    OptionalDouble sent = calls.throughput().startedPerMinute();
    Optional<PlannedRate> profile = PlannedRate.of(report);
    if (profile.isPresent()) {
      return ": " + profile.get().inWords();
    }
    OptionalDouble asked = RunSettings.of(report).number("llm.load.rpm");
    String plan =
        asked.isPresent() && isShort(report) && report.planned().cut().isEmpty()
            ? ", " + Figures.number(asked) + " per minute wanted (llm.load.rpm)"
            : "";
    return sent.isPresent() && report.statistics().views().levels().isEmpty()
        ? ", at " + Figures.number(sent) + " per minute" + plan
        : plan;
  }

  private static String sizes(RunReport report) {
    return report
        .info()
        .flatMap(info -> info.preparation().sizes())
        .map(words -> ", of " + words)
        .orElse("");
  }

  private static String unsent(CallCounts counts, PlannedCalls planned) {
    List<String> parts = new ArrayList<>();
    if (counts.cancelled() > 0) {
      parts.add(Figures.count(counts.cancelled()) + " cancelled by the client");
    }
    if (counts.unfinished() > 0) {
      parts.add(Figures.count(counts.unfinished()) + " cut off at the end of the run");
    }
    if (counts.dropped() > 0) {
      parts.add(Figures.count(counts.dropped()) + " dropped");
    }
    if (planned.neverBuilt() > 0) {
      parts.add(Figures.count(planned.neverBuilt()) + " could not be built");
    }
    if (planned.notReached() > 0) {
      parts.add(Figures.count(planned.notReached()) + " never started");
    }
    return parts.isEmpty() ? "" : "; " + String.join(", ", parts);
  }
}
