package dev.gatlingllm.report;

import dev.gatlingllm.record.PlannedLoad;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.GroupStatistics;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The load of a run in one line: how much for how long, of what, and against what. */
final class LoadLine {

  private static final int MOST_NAMED = 2;

  /** Where the address of a provider stands. */
  private static final Map<String, String> ADDRESSES =
      Map.of(
          "openai", "llm.openai.baseUrl",
          "azure-openai", "llm.azure.endpoint",
          "anthropic", "llm.anthropic.baseUrl",
          "bedrock", "llm.bedrock.endpoint");

  private LoadLine() {}

  /** The parts of the line, none of them empty. */
  static List<String> of(RunReport report) {
    List<String> parts = new ArrayList<>();
    parts.add(load(report));
    report.info().flatMap(info -> info.preparation().sizes()).ifPresent(parts::add);
    String target = target(report);
    if (!target.isEmpty()) {
      parts.add(target);
    }
    return parts;
  }

  private static String load(RunReport report) {
    List<GroupStatistics> levels = report.statistics().views().levels();
    if (!levels.isEmpty()) {
      return Count.of(levels.size(), "step")
          + " from "
          + levels.get(0).grouping().level()
          + " to "
          + levels.get(levels.size() - 1).grouping().level()
          + " clients";
    }
    if (report.capacity().isPresent()) {
      return "search for the highest load within the limits, "
          + Count.of(report.capacity().get().probes().size(), "probe");
    }
    Optional<String> planned =
        report.runs().size() == 1
            ? report
                .info()
                .flatMap(info -> info.preparation().load())
                .map(PlannedLoad::words)
                .or(() -> PlannedRate.of(report).map(PlannedRate::inWords))
            : Optional.empty();
    return planned.orElseGet(() -> sent(report));
  }

  private static String sent(RunReport report) {
    CallStatistics calls = report.statistics().overall();
    OptionalDouble seconds = calls.throughput().loadSeconds();
    String runs = report.runs().size() > 1 ? " of " + report.runs().size() + " runs" : "";
    return Count.of(calls.counts().started(), "call")
        + runs
        + (seconds.isPresent() ? " in " + Figures.number(seconds) + " s" : "");
  }

  private static String target(RunReport report) {
    Map<String, String> settings = RunSettings.of(report).byKey();
    String provider = settings.getOrDefault("llm.provider", "");
    String what = what(report.statistics().overall().breakdown().models().keySet());
    if (provider.equals("simulator")) {
      return "simulated endpoint" + (what.isEmpty() ? "" : " (" + what + ")");
    }
    String host =
        Optional.ofNullable(ADDRESSES.get(provider))
            .map(key -> settings.getOrDefault(key, ""))
            .flatMap(LoadLine::authority)
            .or(() -> regions(report))
            .orElse("");
    return what + (what.isEmpty() || host.isEmpty() ? "" : " at ") + host;
  }

  private static Optional<String> regions(RunReport report) {
    Set<String> regions = report.statistics().overall().breakdown().regions().keySet();
    return regions.isEmpty() ? Optional.empty() : Optional.of(what(regions));
  }

  /** A setting that is no address is of no use here: nothing of it is shown. */
  private static Optional<String> authority(String address) {
    try {
      return Optional.ofNullable(URI.create(address).getAuthority())
          .filter(host -> !host.contains("@"));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String what(Set<String> names) {
    int more = names.size() - MOST_NAMED;
    String first = String.join(", ", names.stream().limit(MOST_NAMED).toList());
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
