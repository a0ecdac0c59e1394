package dev.gatlingllm.report;

import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.LoadPlan;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.Share;
import dev.gatlingllm.stats.LoadWindow;
import dev.gatlingllm.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Several runs as one: what they differ in, and how they lie in time.
 *
 * @param differences in settings and results, by key
 * @param overlap of their loads
 * @param oneClock whether all ran on one machine, by its name, or asked one clock
 * @param rateErrorPercent by how much rates may be off for each second between the machines'
 *     clocks; absent if rates do not depend on them, or their load times are unknown
 * @param shared what puts them together
 * @param notes the same in sentences
 */
record MergedRuns(
    List<MergeDifference> differences,
    Overlap overlap,
    boolean oneClock,
    OptionalDouble rateErrorPercent,
    SharedRuns shared,
    List<String> notes) {

  /** How loads lie in time. */
  enum Overlap {
    TOGETHER("together"),
    APART("apart"),
    IN_PART("in part"),
    UNKNOWN("unknown");

    private final String code;

    Overlap(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /**
   * One of the runs.
   *
   * @param name of its folder
   * @param prices the text of the prices that it was priced with; empty without
   * @param window of its load; absent if unknown
   */
  record Member(
      String name,
      Optional<RunInfo> info,
      Verdict verdict,
      String prices,
      Optional<LoadWindow> window) {

    private String setting(String key) {
      return info.map(known -> known.configuration().getOrDefault(key, "")).orElse("");
    }

    private Optional<Share> share() {
      return info.flatMap(known -> known.together().share());
    }

    private Optional<Instant> start() {
      return info.map(RunInfo::start);
    }

    /** Arrivals that come whether the service answers or not. */
    private boolean isOpen() {
      return info.isPresent()
          && (setting("llm.load.profile").isEmpty()
              ? setting("llm.load.clients").isEmpty() || !setting("llm.load.rpm").isEmpty()
              : !phases().isEmpty());
    }

    private List<LoadPlan.Phase> phases() {
      return info.flatMap(RunInfo::plans).stream()
          .flatMap(List::stream)
          .flatMap(plan -> plan.phases().stream())
          .toList();
    }

    private boolean hasArrivalsOf(Member other) {
      return isOpen()
          && other.isOpen()
          && share().equals(other.share())
          && info.get().simulation().equals(other.info.get().simulation())
          && info.get().setup().seed() == other.info.get().setup().seed()
          && setting("llm.load.rpm").equals(other.setting("llm.load.rpm"))
          && phases().equals(other.phases())
          && setting("llm.load.burstiness").equals(other.setting("llm.load.burstiness"))
          && setting("llm.load.arrivals").equals(other.setting("llm.load.arrivals"));
    }

    private boolean overlaps(Member other) {
      return window.isPresent()
          && other.window.isPresent()
          && window.get().commonNanos(other.window.get()) > 0;
    }
  }

  /** Copies the lists. */
  MergedRuns {
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }

  /** What is to be said of these runs, the earliest first; at least two. */
  static MergedRuns of(List<Member> runs) {
    List<MergeDifference> differences = MergeDifference.between(runs);
    Overlap overlap = overlap(runs);
    SharedRuns shared = new SharedRuns(runs.stream().map(Member::info).toList());
    boolean oneClock = onOneMachine(shared.infos()) || shared.haveOneClock();
    OptionalDouble error =
        overlap == Overlap.IN_PART && !oneClock
            ? OptionalDouble.of(100 / covered(runs))
            : OptionalDouble.empty();
    List<String> notes = new ArrayList<>();
    differences.forEach(one -> notes.add("The runs differ in " + one.text() + "."));
    limits(differences, runs.get(0).name()).ifPresent(notes::add);
    sameArrivals(runs, notes);
    notes.addAll(
        shared.notes(
            runs.stream().map(Member::name).toList(), windows(runs).isEmpty() ? 0 : covered(runs)));
    if (!shared.areOneRun(onOneMachine(shared.infos()))) {
      notes.addAll(inTime(runs, overlap, oneClock, error));
    }
    return new MergedRuns(differences, overlap, oneClock, error, shared, notes);
  }

  private static Optional<String> limits(List<MergeDifference> differences, String first) {
    boolean differ =
        differences.stream()
            .map(MergeDifference::key)
            .anyMatch(
                key ->
                    key.startsWith("llm.gate.")
                        || (key.startsWith("llm.slo.") && !key.startsWith("llm.slo.call.")));
    return differ
        ? Optional.of(
            "The limits of all runs are decided, each on the calls of all of them; what llm.gate"
                + " says of undecided ones is taken from "
                + first
                + ".")
        : Optional.empty();
  }

  private static void sameArrivals(List<Member> runs, List<String> notes) {
    for (int i = 0; i < runs.size(); i++) {
      for (Member other : runs.subList(i + 1, runs.size())) {
        Member one = runs.get(i);
        if (one.hasArrivalsOf(other) && one.overlaps(other)) {
          notes.add(
              Figures.fill(
                  "%s and %s have seed %s and the same load at the same time: each arrival and"
                      + " prompt was sent twice. Give each run its own llm.seed.",
                  one.name(), other.name(), one.info().orElseThrow().setup().seed()));
        }
      }
    }
  }

  private static Overlap overlap(List<Member> runs) {
    if (runs.stream().anyMatch(run -> run.window().isEmpty() || run.start().isEmpty())) {
      return Overlap.UNKNOWN;
    }
    List<LoadWindow> windows = windows(runs);
    boolean together = true;
    boolean apart = true;
    for (int i = 0; i < windows.size(); i++) {
      for (LoadWindow other : windows.subList(i + 1, windows.size())) {
        together &= windows.get(i).isTogetherWith(other);
        apart &= windows.get(i).commonNanos(other) <= 0;
      }
    }
    return together ? Overlap.TOGETHER : apart ? Overlap.APART : Overlap.IN_PART;
  }

  private static List<LoadWindow> windows(List<Member> runs) {
    return runs.stream().flatMap(run -> run.window().stream()).toList();
  }

  /** From the first start of a load to the end of the last, in seconds. */
  private static double covered(List<Member> runs) {
    List<LoadWindow> windows = windows(runs);
    double from = windows.stream().mapToDouble(LoadWindow::fromNanos).min().orElseThrow();
    double to = windows.stream().mapToDouble(LoadWindow::endNanos).max().orElseThrow();
    return (to - from) / 1e9;
  }

  /** Whether all ran on one machine, by its name. */
  static boolean onOneMachine(List<Optional<RunInfo>> runs) {
    List<String> hosts =
        runs.stream()
            .map(run -> run.map(info -> info.setup().host().getOrDefault("name", "")).orElse(""))
            .distinct()
            .toList();
    return hosts.size() == 1 && !hosts.get(0).isEmpty();
  }

  private static List<String> inTime(
      List<Member> runs, Overlap overlap, boolean oneClock, OptionalDouble error) {
    List<String> notes = new ArrayList<>();
    switch (overlap) {
      case TOGETHER -> {
        notes.add(
            "The runs went together: rates are the sums of theirs, whatever their clocks say.");
        runs.stream()
            .skip(1)
            .forEach(run -> later(runs.get(0), run, oneClock).ifPresent(notes::add));
      }
      case APART ->
          notes.add(
              "The runs went one after the other, so their rates are not added: rates are over the"
                  + " load times of all of them.");
      case IN_PART -> {
        notes.add(
            "The runs went together in part: rates are over the time in which any of them went, and"
                + " add up only where they overlap.");
        error.ifPresent(percent -> notes.add(unknownOffset(percent)));
      }
      default ->
          notes.add(
              "How the loads of the runs lie in time is not known for each of them: rates are by"
                  + " their clocks.");
    }
    return notes;
  }

  private static String unknownOffset(double percent) {
    return Figures.fill(
        "No clock is common to the machines of these runs: for each second between theirs, rates"
            + " are up to %.1f %% off, and the course over time is shifted.",
        percent);
  }

  /** Told from a tenth of a second on. */
  private static Optional<String> later(Member first, Member run, boolean oneClock) {
    double seconds =
        (run.window().orElseThrow().fromNanos() - first.window().orElseThrow().fromNanos()) / 1e9;
    return Math.abs(seconds) < 0.1
        ? Optional.empty()
        : Optional.of(
            Figures.fill(
                    "%s began %.1f s %s %s",
                    run.name(), Math.abs(seconds), seconds > 0 ? "after" : "before", first.name())
                + (oneClock
                    ? "."
                    : " by the clocks of their machines. If they were started at once, that is how"
                        + " far the clocks differ, and the course over time is shifted by it."));
  }
}
