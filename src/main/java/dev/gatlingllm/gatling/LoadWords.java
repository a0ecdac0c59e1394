package dev.gatlingllm.gatling;

import dev.gatlingllm.arrival.ArrivalProcess;
import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.record.LoadPlan;
import dev.gatlingllm.record.PlannedLoad;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Puts the load of {@code llm.load} into words, for {@code run.json}. */
final class LoadWords {

  private LoadWords() {}

  /** An open load, of these arrivals. */
  static PlannedLoad of(LoadConfig config, ArrivalSchedule schedule) {
    List<String> parts = new ArrayList<>();
    parts.add(
        config.rates().isPresent()
            ? LoadPlan.inWords(Arrivals.phases(config.rates().get()))
            : Figures.number(config.rpm().orElseThrow()) + " arrivals/min" + end(config));
    if (config.arrivals().isRandom()) {
      parts.add(process(config.arrivals()) + " arrivals");
    }
    config
        .clients()
        .ifPresent(most -> parts.add("at most " + Figures.count(most) + " calls in flight"));
    return new PlannedLoad(
        ofShare(config) + String.join(", ", parts),
        OptionalDouble.of(schedule.durationNanos() / 1e9),
        schedule.count());
  }

  /** A closed load. */
  static PlannedLoad of(LoadConfig config) {
    String who =
        config.clientsOverTime().isPresent()
            ? "up to " + Count.of(config.mostClients(), "client")
            : Count.of(config.mostClients(), "client");
    return new PlannedLoad(
        ofShare(config) + who + end(config),
        seconds(config),
        config.untilAll() ? OptionalLong.empty() : calls(config));
  }

  /** A closed load is described as the share has it, an open one as it is in whole. */
  private static String ofShare(LoadConfig config) {
    return config.part().splits() ? "share " + config.part() + ": " : "";
  }

  private static String end(LoadConfig config) {
    List<String> ends = new ArrayList<>();
    config.longest().ifPresent(time -> ends.add("for " + duration(time)));
    config.requests().ifPresent(calls -> ends.add("for " + Count.of(calls, "call")));
    String between = config.untilAll() ? " and " : " or ";
    return ends.isEmpty() ? "" : " " + String.join(between, ends);
  }

  private static OptionalDouble seconds(LoadConfig config) {
    return config.longest().isPresent() && !config.untilAll()
        ? OptionalDouble.of(config.longest().get().toNanos() / 1e9)
        : OptionalDouble.empty();
  }

  private static OptionalLong calls(LoadConfig config) {
    return config.longest().isPresent() ? OptionalLong.empty() : config.requests();
  }

  private static String process(ArrivalProcess process) {
    return process.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String duration(Duration time) {
    return Figures.duration(time.toNanos() / 1e9).replaceFirst("( 00 min)? 00 s$", "");
  }
}
