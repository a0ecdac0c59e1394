package dev.gatlingllm.decision;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code llm.slo.ttftUser} and {@code llm.slo.e2eUser}: how long users may wait, of all calls of a
 * run. Calls without an end rank above all others, so a percentile may be known as a lower bound
 * only: above the limit it is missed, below it is undecided, and that is not met either.
 */
public final class UserLimits {

  private static final Map<String, Measure> SECTIONS =
      new TreeMap<>(
          Map.of(
              "llm.slo.ttftUser.", Measure.TTFT_FROM_ARRIVAL,
              "llm.slo.e2eUser.", Measure.E2E_FROM_ARRIVAL));

  private final List<Limit> limits;

  private record Limit(String key, Measure measure, String statistic, double millis) {}

  private UserLimits(List<Limit> limits) {
    this.limits = limits;
  }

  /**
   * The limits of a run's configuration; none in that of an older release.
   *
   * @throws RecordFormatException naming the key and the value, if one is no duration
   */
  public static UserLimits of(Map<String, String> configuration) {
    List<Limit> limits = new ArrayList<>();
    new TreeMap<>(configuration)
        .forEach(
            (key, value) ->
                SECTIONS.forEach(
                    (section, measure) -> {
                      if (key.startsWith(section) && !value.isEmpty()) {
                        String statistic = key.substring(section.length()).replace("\"", "");
                        limits.add(new Limit(key, measure, statistic, millis(key, value)));
                      }
                    }));
    return new UserLimits(limits);
  }

  private static double millis(String key, String value) {
    try {
      return ConfigFactory.parseMap(Map.of("limit", value)).getDuration("limit").toNanos() / 1e6;
    } catch (ConfigException ignored) {
      // Its message names a key that the user never wrote; the one below names the right one.
      throw new RecordFormatException(
          "configuration " + key + " must be a duration such as 500 ms, was \"" + value + '"');
    }
  }

  /** Whether each limit is met, in order of the keys. */
  public List<AssertionResult> judge(CallStatistics all) {
    return limits.stream().map(limit -> judge(limit, all.of(limit.measure()))).toList();
  }

  private static AssertionResult judge(Limit limit, Distribution values) {
    String text =
        Figures.fill(
            "%s: %s %s at most %s ms",
            limit.key(),
            limit.measure().label(),
            limit.statistic(),
            Figures.number(limit.millis()));
    Optional<Quantile> quantile =
        Stream.of(Quantile.values()).filter(q -> q.label().equals(limit.statistic())).findFirst();
    OptionalDouble found = quantile.map(values::at).orElse(values.max());
    if (found.isEmpty()) {
      return new AssertionResult(text, false, absence(values, quantile));
    }
    boolean open = quantile.map(values::isLowerBound).orElse(values.longer() > 0);
    boolean within = found.getAsDouble() <= limit.millis();
    String actual = (open ? "> " : "") + Figures.number(found) + " ms";
    return new AssertionResult(
        text, within && !open, open && within ? actual + undecided(values) : actual);
  }

  private static String absence(Distribution values, Optional<Quantile> quantile) {
    return values.n() == 0
        ? "undecided: no call succeeded"
        : Figures.fill(
            "undecided: needs %s calls, there were %s",
            Figures.count(quantile.map(Quantile::needed).orElse(1)),
            Figures.count(values.n() + values.longer()));
  }

  private static String undecided(Distribution values) {
    return ", undecided: it falls among the "
        + Figures.count(values.longer())
        + " calls that were dropped, held back, timed out or in flight at the end";
  }
}
