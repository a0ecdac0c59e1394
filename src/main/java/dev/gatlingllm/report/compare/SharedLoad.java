package dev.gatlingllm.report.compare;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.LoadedRun;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.text.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Whether call {@code k} of two runs is the same arrival with a prompt of the same size, so that
 * the runs may be compared in pairs.
 *
 * @param laterNanos how much later an arrival is in the second run than in the first; absent if the
 *     runs do not share their load
 * @param reason why they do not, a clause; empty if they do
 */
record SharedLoad(OptionalLong laterNanos, String reason) {

  /** A run and the shares of a load, whose arrivals lie in several folders. */
  static final SharedLoad OF_SHARES = not("one of them was made in shares");

  /** A call that was to start at one time starts this much apart at most. */
  private static final long SAME_ARRIVAL_NANOS = 10_000_000;

  /** Two calls that are due at once may change places. */
  private static final double MOST_OTHERS = 0.01;

  private static final double LEAST_KNOWN = 0.9;

  /** Looks at the settings, and if these agree, at each call. */
  static SharedLoad of(Path firstFolder, LoadedRun first, Path secondFolder, LoadedRun second)
      throws IOException {
    Optional<String> other = otherSettings(first, second);
    if (other.isPresent()) {
      return not(other.get());
    }
    if (Math.max(started(first), started(second)) > StatisticsCollector.EXACT_CALLS) {
      return not(
          "runs of more than "
              + Figures.count(StatisticsCollector.EXACT_CALLS)
              + " calls are not kept call by call");
    }
    return of(arrivals(firstFolder), arrivals(secondFolder));
  }

  private static SharedLoad not(String reason) {
    return new SharedLoad(OptionalLong.empty(), reason);
  }

  private static long started(LoadedRun run) {
    return run.report().statistics().overall().counts().started();
  }

  private static Optional<String> otherSettings(LoadedRun first, LoadedRun second) {
    Optional<RunInfo> a = first.report().info();
    Optional<RunInfo> b = second.report().info();
    if (a.isEmpty() || b.isEmpty()) {
      return Optional.of("a run has no run.json");
    }
    String seed = seed(a.get());
    if (seed.isEmpty() || !seed.equals(seed(b.get()))) {
      return Optional.of(
          seed.isEmpty() || seed(b.get()).isEmpty()
              ? "the seed of a run is not known"
              : "the seeds differ, " + seed + " and " + seed(b.get()));
    }
    return SettingDifference.between(a.get(), b.get()).stream()
        .filter(difference -> !difference.isOfService())
        .findFirst()
        .map(difference -> "they differ in " + difference.text());
  }

  private static String seed(RunInfo run) {
    return run.configuration().getOrDefault("llm.seed", "");
  }

  /**
   * An arrival of a run.
   *
   * @param nanos since the start of the run
   * @param requested tokens that the prompt was built to
   * @param input tokens of the prompt that the service counted
   */
  record Arrival(long nanos, OptionalLong requested, OptionalLong input) {
    static Arrival of(CallRecord call) {
      CallRecord.Tokens tokens = call.tokens();
      return new Arrival(
          call.times().arrival(),
          tokens.requestedInput().isPresent()
              ? OptionalLong.of(tokens.requestedInput().getAsInt())
              : OptionalLong.empty(),
          tokens.input());
    }

    /** Absent if the size is not known in both by one count. */
    Optional<Boolean> sameSize(Arrival other) {
      if (requested.isPresent() && other.requested.isPresent()) {
        return Optional.of(requested.equals(other.requested));
      }
      return input.isPresent() && other.input.isPresent()
          ? Optional.of(input.equals(other.input))
          : Optional.empty();
    }
  }

  private static List<Arrival> arrivals(Path folder) throws IOException {
    List<Arrival> arrivals = new ArrayList<>();
    CallRecordReader.read(new RunFiles(folder).calls(), call -> arrivals.add(Arrival.of(call)));
    arrivals.sort(Comparator.comparingLong(Arrival::nanos));
    return arrivals;
  }

  /** Looks at the calls of two runs, each in the order of arrival. */
  static SharedLoad of(List<Arrival> first, List<Arrival> second) {
    int calls = first.size();
    if (calls == 0 || calls != second.size()) {
      return not("one has " + count(calls) + " arrivals, the other " + count(second.size()));
    }
    long later = second.get(0).nanos() - first.get(0).nanos();
    long apart =
        IntStream.range(0, calls)
            .filter(
                i ->
                    Math.abs(second.get(i).nanos() - first.get(i).nanos() - later)
                        > SAME_ARRIVAL_NANOS)
            .count();
    if (apart > MOST_OTHERS * calls) {
      return not(count(apart) + " of " + count(calls) + " calls arrive at another time");
    }
    List<Boolean> sizes =
        IntStream.range(0, calls)
            .mapToObj(i -> first.get(i).sameSize(second.get(i)))
            .flatMap(Optional::stream)
            .toList();
    if (sizes.size() < LEAST_KNOWN * calls) {
      return not("the size of the prompt is known of " + count(sizes.size()) + " calls in both");
    }
    long others = sizes.stream().filter(same -> !same).count();
    return others > MOST_OTHERS * calls
        ? not(count(others) + " of " + count(calls) + " calls have a prompt of another size")
        : new SharedLoad(OptionalLong.of(later), "");
  }

  private static String count(long number) {
    return Figures.count(number);
  }

  /**
   * The way in which the runs were compared, in a sentence.
   *
   * @param inPairs whether a percentile was compared in pairs
   */
  String text(boolean inPairs) {
    if (laterNanos.isEmpty()) {
      return "The runs are compared as independent ones: " + reason + ".";
    }
    String shared = "Call by call, the runs share arrivals and prompt sizes";
    return inPairs
        ? shared + ": percentiles marked \"in pairs\" are compared block by block."
        : shared + ", but are too short to be compared block by block.";
  }
}
