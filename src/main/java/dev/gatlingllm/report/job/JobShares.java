package dev.gatlingllm.report.job;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.Share;
import dev.gatlingllm.report.Conclusion;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The shares of a job as they stand in its folder, which has a folder of a run for each.
 *
 * @param folder of the job
 * @param shares those that have begun, by their index
 * @param others what else in the folder looks like a run, and why it is no share that can be read
 */
record JobShares(Path folder, List<JobShare> shares, List<String> others) {

  /** Copies the lists. */
  JobShares {
    shares = List.copyOf(shares);
    others = List.copyOf(others);
  }

  /**
   * Looks into a folder.
   *
   * @throws IllegalArgumentException if it holds shares of several jobs, naming them
   */
  static JobShares in(Path folder) throws IOException {
    TreeMap<Integer, JobShare> shares = new TreeMap<>();
    List<String> others = new ArrayList<>();
    for (Path run : folders(folder)) {
      Optional<JobShare> found = share(new RunFiles(run), others);
      if (found.isPresent()) {
        requireOneJob(folder, shares, found.get());
        shares.put(found.get().share().index(), found.get());
      }
    }
    return new JobShares(folder, List.copyOf(shares.values()), others);
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(one -> Files.exists(new RunFiles(one).runJson())).sorted().toList();
    } catch (NoSuchFileException notYet) {
      return List.of();
    }
  }

  private static Optional<JobShare> share(RunFiles files, List<String> others) throws IOException {
    Path name = files.folder().getFileName();
    try {
      RunInfo info = files.readInfo();
      Optional<Share> share = info.together().share();
      if (share.isEmpty()) {
        others.add(
            name + " is a run, but no share of a load (llm.load.share): it is in no number.");
      }
      // The mark is read after the run: whoever finds it has read a run.json that is whole.
      return share.isEmpty() ? Optional.empty() : Optional.of(marked(files, info, share.get()));
    } catch (RecordFormatException unreadable) {
      others.add(name + " cannot be read: " + unreadable.getMessage() + ".");
      return Optional.empty();
    }
  }

  private static JobShare marked(RunFiles files, RunInfo before, Share share) throws IOException {
    var end = files.readShareEnd();
    return new JobShare(files, end.isPresent() ? files.readInfo() : before, share, end);
  }

  private static void requireOneJob(
      Path folder, TreeMap<Integer, JobShare> shares, JobShare found) {
    JobShare same = shares.get(found.share().index());
    if (same != null) {
      throw new IllegalArgumentException(
          Figures.fill(
              "--job %s: share %s is there twice, in %s and %s: its calls were sent twice, or two"
                  + " jobs use this folder. Give each job a folder of its own (llm.record.folder)",
              folder, found.share(), same.name(), found.name()));
    }
    if (!shares.isEmpty() && of(shares.firstEntry().getValue()) != of(found)) {
      JobShare first = shares.firstEntry().getValue();
      throw new IllegalArgumentException(
          Figures.fill(
              "--job %s: %s is share %s and %s is share %s: they are of different jobs. Give each"
                  + " job a folder of its own (llm.record.folder)",
              folder, first.name(), first.share(), found.name(), found.share()));
    }
    if (!shares.isEmpty()) {
      requireOneLoad(folder, shares.firstEntry().getValue(), found);
    }
  }

  private static void requireOneLoad(Path folder, JobShare first, JobShare found) {
    Map<String, String> one = load(first);
    Map<String, String> other = load(found);
    List<String> differing =
        Stream.concat(one.keySet().stream(), other.keySet().stream())
            .distinct()
            .filter(key -> !Objects.equals(one.get(key), other.get(key)))
            .sorted()
            .toList();
    if (!differing.isEmpty()) {
      throw new IllegalArgumentException(
          Figures.fill(
              "--job %s: %s and %s differ in %s, so that they are no shares of one load",
              folder, first.name(), found.name(), String.join(", ", differing)));
    }
  }

  /** The settings that the shares of one load have in common. */
  private static Map<String, String> load(JobShare share) {
    Map<String, String> load = new TreeMap<>(share.info().configuration());
    load.keySet()
        .removeIf(
            key ->
                Share.OWN_SETTINGS.contains(key)
                    || !(key.startsWith("llm.load.") || key.startsWith("llm.profile.")));
    load.put("simulation", share.info().simulation());
    load.put("llm.seed", String.valueOf(share.info().setup().seed()));
    return load;
  }

  private static int of(JobShare share) {
    return share.share().of();
  }

  /** How many shares the job has; 0 if none has begun. */
  int of() {
    return shares.isEmpty() ? 0 : of(shares.get(0));
  }

  long ended() {
    return shares.stream().filter(share -> share.end().isPresent()).count();
  }

  boolean haveEnded() {
    return !shares.isEmpty() && ended() == of();
  }

  /** The folders that have calls to be merged. */
  List<Path> withCalls() {
    return shares.stream().filter(JobShare::hasCalls).map(share -> share.files().folder()).toList();
  }

  /** What of the load is not there, a clause each; empty if all of it is. */
  List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    IntStream.range(0, of())
        .filter(index -> shares.stream().noneMatch(share -> share.share().index() == index))
        .mapToObj(index -> "share " + new Share(index, of()) + " has not begun")
        .forEach(gaps::add);
    shares.forEach(share -> share.gap().ifPresent(gaps::add));
    return gaps;
  }

  /** Whether the load is whole, and what its shares lost on their way. */
  List<AssertionResult> assertions() {
    List<String> gaps = gaps();
    List<AssertionResult> results = new ArrayList<>();
    results.add(
        new AssertionResult(
            Conclusion.ALL_SHARES,
            gaps.isEmpty(),
            gaps.isEmpty() ? state() : String.join("; ", gaps)));
    for (JobShare share : shares) {
      List<String> faults = share.end().map(end -> end.faults()).orElse(List.of());
      if (!faults.isEmpty()) {
        results.add(
            new AssertionResult(
                share.name() + ": it ended without a fault", false, String.join(" ", faults)));
      }
    }
    return results;
  }

  /** Such as {@code 2 of 3 shares have ended, 3 have begun}. */
  String state() {
    if (shares.isEmpty()) {
      return "no share has begun";
    }
    return ended() == of()
        ? Count.of(of(), "share") + (of() == 1 ? " has ended" : " have ended")
        : Figures.fill(
            "%s of %s have ended, %s begun",
            ended(),
            Count.of(of(), "share"),
            shares.size() == 1 ? "1 has" : shares.size() + " have");
  }
}
