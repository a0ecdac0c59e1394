package dev.gatlingllm.report;

import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Percent;
import dev.gatlingllm.stats.Spillover;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says where calls were served otherwise than requested, in sentences. */
final class ServedRemarks {

  private static final String ARROW = " → ";

  private ServedRemarks() {}

  /**
   * The calls that a provisioned deployment handed over.
   *
   * @param others how many calls it answered itself
   */
  static Optional<String> on(Spillover spillover, long others) {
    if (spillover.calls() == 0) {
      return Optional.empty();
    }
    String rest =
        others == 0
            ? " That is every call: nothing was measured of the provisioned deployment, and no limit"
                + " was tried."
            : " The tiles, the goodput, the limits, the levels and the prices are of the other "
                + Figures.count(others)
                + " alone.";
    return Optional.of(
        Figures.fill(
                "Spilled over: %s of %s started calls, %s, were answered by another deployment"
                    + " (%s).",
                Figures.count(spillover.calls()),
                Figures.count(spillover.calls() + others),
                Figures.signedPercent(Percent.of(spillover.calls(), spillover.calls() + others)),
                counted(spillover.deployments()))
            + reasons(spillover.errors())
            + " They are left out everywhere but in rows of their own."
            + rest);
  }

  private static String reasons(Map<String, Long> errors) {
    return errors.isEmpty()
        ? ""
        : " The provisioned deployment had refused them with status "
            + errors.entrySet().stream()
                .map(one -> one.getKey() + " (" + Figures.count(one.getValue()) + ")")
                .collect(Collectors.joining(", "))
            + ".";
  }

  static List<String> on(CallStatistics calls, Map<String, String> settings) {
    List<String> remarks = new ArrayList<>();
    long other = calls.dataQuality().otherLatencyMode();
    if (other > 0) {
      remarks.add(
          Figures.fill(
              "Served in another latency mode than requested: %s of %s started calls. By model,"
                  + " region and profile they count for the mode that served them.",
              Figures.count(other), Figures.count(calls.counts().started())));
    } else {
      otherThanSet(
          "llm.bedrock.latency", calls.breakdown().servedLatencyModes(), settings, remarks);
    }
    otherThanSet("llm.bedrock.serviceTier", calls.breakdown().servedTiers(), settings, remarks);
    otherThanSet(
        "llm.request.extraBody.service_tier", calls.breakdown().servedTiers(), settings, remarks);
    severalModels(calls.breakdown().servedModels(), remarks);
    return remarks;
  }

  private static void otherThanSet(
      String key, Map<String, Long> served, Map<String, String> settings, List<String> remarks) {
    String asked = settings.getOrDefault(key, "");
    long others =
        served.entrySet().stream()
            .filter(one -> !one.getKey().equalsIgnoreCase(asked))
            .mapToLong(Map.Entry::getValue)
            .sum();
    if (others > 0 && !List.of("", "none", "auto").contains(asked)) {
      remarks.add(
          Figures.fill(
              "Served otherwise than %s = %s: %s. Calls by what served them: %s.",
              key, asked, Count.of(others, "call"), counted(served)));
    }
  }

  // One other word is a version of the model's name; two are a router or a fallback.
  private static void severalModels(Map<String, Long> pairs, List<String> remarks) {
    Map<String, Map<String, Long>> byAsked = new TreeMap<>();
    pairs.forEach(
        (pair, calls) -> {
          int arrow = Math.max(0, pair.indexOf(ARROW));
          byAsked
              .computeIfAbsent(pair.substring(0, arrow), any -> new TreeMap<>())
              .put(pair.substring(arrow == 0 ? 0 : arrow + ARROW.length()), calls);
        });
    byAsked.forEach(
        (asked, served) -> {
          if (served.size() > 1) {
            remarks.add(
                "Calls to " + asked + " by the model that served them: " + counted(served) + ".");
          }
        });
  }

  private static String counted(Map<String, Long> calls) {
    return calls.entrySet().stream()
        .map(one -> one.getKey() + " " + Figures.count(one.getValue()))
        .collect(Collectors.joining(", "));
  }
}
