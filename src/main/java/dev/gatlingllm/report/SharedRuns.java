package dev.gatlingllm.report;

import dev.gatlingllm.record.ClockOffset;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.Share;
import dev.gatlingllm.text.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs of several machines as their {@code run.json} puts them together: the clock that all asked,
 * and the shares of one load that they are.
 *
 * @param infos of the runs, in their order; absent where {@code run.json} cannot be read
 */
record SharedRuns(List<Optional<RunInfo>> infos) {

  /** Copies the list. */
  SharedRuns {
    infos = List.copyOf(infos);
  }

  /** The offsets of all runs from one clock; empty unless each has one. */
  private List<ClockOffset> offsets() {
    List<ClockOffset> offsets =
        infos.stream()
            .flatMap(info -> info.flatMap(known -> known.together().clock()).stream())
            .toList();
    boolean one = offsets.stream().map(ClockOffset::reference).distinct().count() == 1;
    return one && offsets.size() == infos.size() ? offsets : List.of();
  }

  /** Whether the clocks of all machines are known by one that all asked. */
  boolean haveOneClock() {
    return !offsets().isEmpty();
  }

  /** By how much two runs may still be apart from what their times say; 0 without a clock. */
  double boundSeconds() {
    double[] widest =
        offsets().stream()
            .mapToDouble(ClockOffset::boundMillis)
            .map(bound -> -bound)
            .sorted()
            .limit(2)
            .map(bound -> -bound)
            .toArray();
    double sum = 0;
    for (double bound : widest) {
      sum += bound;
    }
    return sum / 1e3;
  }

  /** A wall time of a run, by the clock that all asked if there is one. */
  Instant time(RunInfo info, Instant wall) {
    return haveOneClock()
        ? wall.plusNanos(info.together().clock().orElseThrow().offsetNanos())
        : wall;
  }

  /** Of how many shares these are some, each another one; empty if they are something else. */
  Optional<Integer> shares() {
    List<Share> shares =
        infos.stream()
            .flatMap(info -> info.flatMap(known -> known.together().share()).stream())
            .toList();
    boolean ofOne =
        shares.size() == infos.size()
            && shares.stream().map(Share::of).distinct().count() == 1
            && shares.stream().distinct().count() == shares.size()
            && infos.stream().map(info -> info.get().simulation()).distinct().count() == 1
            && infos.stream().map(info -> info.get().setup().seed()).distinct().count() == 1;
    return ofOne ? Optional.of(shares.get(0).of()) : Optional.empty();
  }

  /** The indexes of the shares that are not there. */
  List<Integer> missing() {
    TreeSet<Integer> there = new TreeSet<>();
    infos.forEach(
        info ->
            info.flatMap(known -> known.together().share())
                .ifPresent(share -> there.add(share.index())));
    return shares().stream()
        .flatMap(of -> IntStream.range(0, of).boxed())
        .filter(index -> !there.contains(index))
        .toList();
  }

  /** What of one load is not there, a clause each; empty if all of it is, or if it is no load. */
  List<String> gaps() {
    if (shares().isEmpty()) {
      return List.of();
    }
    int of = shares().get();
    Stream<String> absent =
        missing().stream().map(index -> "no run is share " + new Share(index, of));
    return Stream.concat(absent, infos.stream().flatMap(Optional::stream).flatMap(SharedRuns::cut))
        .toList();
  }

  private static Stream<String> cut(RunInfo info) {
    String share = "share " + info.together().share().orElseThrow();
    if (info.end().isEmpty()) {
      return Stream.of(share + " was killed");
    }
    if (info.period().crash().isPresent()) {
      return Stream.of(share + " crashed");
    }
    return info.period().interrupted() ? Stream.of(share + " was interrupted") : Stream.empty();
  }

  /**
   * Whether all calls are counted as those of one run: shares of one load whose times are those of
   * one clock.
   *
   * @param oneMachine whether all ran on one
   */
  boolean areOneRun(boolean oneMachine) {
    return infos.size() > 1 && shares().isPresent() && (oneMachine || haveOneClock());
  }

  /**
   * The same in sentences.
   *
   * @param names of the runs
   * @param seconds that the loads cover
   */
  List<String> notes(List<String> names, double seconds) {
    List<String> notes = new ArrayList<>();
    shares().ifPresent(of -> notes.add(ofOneLoad(of)));
    requireOnce(names).ifPresent(notes::add);
    if (haveOneClock()) {
      notes.add(clocks(names, seconds));
    }
    return notes;
  }

  private String ofOneLoad(int of) {
    List<Integer> missing = missing();
    return missing.isEmpty()
        ? "The runs are the " + of + " shares of one load."
        : "The runs are "
            + infos.size()
            + " of the "
            + of
            + " shares of one load: of share "
            + String.join(", ", missing.stream().map(String::valueOf).toList())
            + " there is no run, and its calls are in no number.";
  }

  private Optional<String> requireOnce(List<String> names) {
    for (int i = 0; i < infos.size(); i++) {
      for (int j = i + 1; j < infos.size(); j++) {
        Optional<Share> share = infos.get(i).flatMap(info -> info.together().share());
        if (share.isPresent()
            && share.equals(infos.get(j).flatMap(info -> info.together().share()))) {
          return Optional.of(
              names.get(i)
                  + " and "
                  + names.get(j)
                  + " are both share "
                  + share.get()
                  + ": they are not merged as the shares of one load.");
        }
      }
    }
    return Optional.empty();
  }

  private String clocks(List<String> names, double seconds) {
    List<ClockOffset> offsets = offsets();
    List<String> apart = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      apart.add(
          String.format(
              Locale.ROOT,
              "%s %+.3f s ± %.3f ms",
              names.get(i),
              0.0 - offsets.get(i).offsetMillis() / 1e3,
              offsets.get(i).boundMillis()));
    }
    return "Before the load each machine asked the clock of "
        + offsets.get(0).reference()
        + ", and what its own was off by is taken out ("
        + String.join(", ", apart)
        + ")."
        + (seconds > 0
            ? Figures.fill(
                " That leaves rates over the whole load up to %s %% off, and times of two runs up"
                    + " to %s ms apart; drift during the load was not measured.",
                Figures.rounded(100 * boundSeconds() / seconds),
                Figures.rounded(1e3 * boundSeconds()))
            : "");
  }
}
