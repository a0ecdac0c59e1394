package dev.gatlingllm.together;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.record.Share;
import dev.gatlingllm.text.Figures;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Where the shares of a load wait for one another: a folder that all machines see. Each share
 * appends lines to a file of its own and reads those of the others, so that nothing is written by
 * two. Share 0 answers the others' questions for its time and, when all have come, says when the
 * load begins. How long a file takes to be seen by another machine makes the bound wider, never
 * wrong. A file that is there already stops a share, which therefore is never sent twice. Used by
 * one thread.
 */
final class Barrier {

  private static final String SETTING = "setting ";
  private static final String ASK = "ask ";
  private static final String ANSWER = "answer ";
  private static final String READY = "ready ";
  private static final String START = "start ";
  private static final String FAILED = "failed ";

  private static final int EXCHANGES = 8;
  private static final long POLL_MILLIS = 5;

  /** From the sight of the start to the start itself: Gatling has to begin, too. */
  private static final long LEAST_AHEAD_NANOS = 2_000_000_000L;

  /** So that the last machine, too, sees the start in time. */
  private static final long AHEAD_NANOS = 8_000_000_000L;

  /** How often a file's way to another machine may take longer than it took before. */
  private static final int SLOWER = 3;

  private final Path folder;
  private final Share share;
  private final NanoClock clock;
  private final Supplier<Instant> wall;
  private final Sleep sleep;
  private final Duration limit;

  /**
   * A share's side of it.
   *
   * @param limit how long it waits for the others
   */
  Barrier(
      Path folder,
      Share share,
      NanoClock clock,
      Supplier<Instant> wall,
      Sleep sleep,
      Duration limit) {
    this.folder = folder;
    this.share = share;
    this.clock = clock;
    this.wall = wall;
    this.sleep = sleep;
    this.limit = limit;
  }

  /**
   * When the load begins, and by which clock that was agreed.
   *
   * @param beginNanos on the own clock
   */
  record Agreed(ReferenceClock reference, long beginNanos) {}

  /**
   * Comes to the folder.
   *
   * @param settings those in which all shares must agree
   * @throws IOException saying why this share cannot come
   */
  void come(Map<String, String> settings) throws IOException {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(settings)
        .forEach(
            (key, value) ->
                lines.append(SETTING).append(key).append(' ').append(inLine(value)).append('\n'));
    try {
      Files.createDirectories(folder);
      Files.writeString(file(share.index()), lines, UTF_8, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException there) {
      throw new IOException(
          "share "
              + share
              + " has been here before ("
              + file(share.index())
              + "), and a share is sent once only: name an empty folder for each load",
          there);
    }
  }

  private static String inLine(String value) {
    return value.replaceAll("\\s+", " ");
  }

  private Path file(int index) {
    return folder.resolve("share-" + index + "-of-" + share.of() + ".txt");
  }

  /**
   * Waits until all have come.
   *
   * @param known the clock that all asked; empty to ask share 0
   * @param at when the load begins; empty for as soon as all have come
   * @throws IOException saying why not, if they do not come in time or have other settings
   */
  Agreed meet(Optional<ReferenceClock> known, Optional<Instant> at)
      throws IOException, InterruptedException {
    try {
      return share.index() == 0 ? lead(known, at) : follow(known);
    } catch (IOException e) {
      append(FAILED + inLine(String.valueOf(e.getMessage())));
      throw e;
    }
  }

  private Agreed lead(Optional<ReferenceClock> known, Optional<Instant> at)
      throws IOException, InterruptedException {
    ReferenceClock reference =
        known.orElseGet(() -> ReferenceClock.own(leader(), clock.nanos(), wall.get()));
    long deadline = clock.nanos() + limit.toNanos();
    int[] answered = new int[share.of()];
    Map<Integer, Long> ready = new TreeMap<>();
    while (ready.size() < share.of() - 1) {
      for (int other = 1; other < share.of(); other++) {
        List<String> lines = lines(other);
        long seen = clock.nanos();
        if (!ready.containsKey(other) && !lines.isEmpty()) {
          requireSame(other, lines);
          List<String> asked = tails(lines, ASK);
          while (answered[other] < asked.size()) {
            answer(other, asked.get(answered[other]), seen, reference);
            answered[other]++;
          }
          for (String slowest : tails(lines, READY)) {
            ready.put(other, Long.parseLong(slowest));
          }
        }
      }
      await(deadline);
    }
    long slowest = ready.values().stream().mapToLong(Long::longValue).max().orElse(0);
    long soonest = clock.nanos() + AHEAD_NANOS + SLOWER * slowest;
    Instant begin = at.orElseGet(() -> reference.at(soonest));
    append(START + begin + " " + reference.name());
    return agreed(reference, begin);
  }

  /**
   * Tells the clocks of several loads from one another; this share's folder may have another name.
   */
  private String leader() {
    Path path = folder.toAbsolutePath();
    int names = path.getNameCount();
    Path last = names == 0 ? path : path.subpath(Math.max(0, names - 2), names);
    return "share 0 of " + inLine(last.toString());
  }

  private void answer(int other, String asked, long seen, ReferenceClock reference)
      throws IOException {
    append(
        ANSWER
            + other
            + " "
            + asked
            + " "
            + ReferenceClock.epochNanos(reference.at(seen))
            + " "
            + ReferenceClock.epochNanos(reference.at(clock.nanos())));
  }

  private Agreed follow(Optional<ReferenceClock> known) throws IOException, InterruptedException {
    long deadline = clock.nanos() + limit.toNanos();
    List<String> lines = lines(0);
    while (lines.isEmpty()) {
      await(deadline);
      lines = lines(0);
    }
    requireSame(0, lines);
    List<TimeExchange> exchanges = new ArrayList<>();
    for (int i = 0; i < EXCHANGES && known.isEmpty(); i++) {
      exchanges.add(ask(i, deadline));
    }
    ReferenceClock reference =
        known
            .or(() -> ReferenceClock.of(leader(), exchanges))
            .orElseThrow(() -> new IOException("the answers of share 0 contradict one another"));
    long slowest =
        exchanges.stream().mapToLong(one -> one.answeredNanos() - one.sentNanos()).max().orElse(0);
    append(READY + slowest);
    List<String> started = tails(lines(0), START);
    while (started.isEmpty()) {
      await(deadline);
      started = tails(lines(0), START);
    }
    String[] start = started.get(0).split(" ", 2);
    return agreed(reference.named(start[1]), Instant.parse(start[0]));
  }

  private TimeExchange ask(int number, long deadline) throws IOException, InterruptedException {
    String begin = share.index() + " " + number + " ";
    long sent = clock.nanos();
    append(ASK + number);
    while (true) {
      for (String answer : tails(lines(0), ANSWER)) {
        if (answer.startsWith(begin)) {
          long answered = clock.nanos();
          String[] times = answer.substring(begin.length()).split(" ", -1);
          return new TimeExchange(
              sent, Long.parseLong(times[0]), Long.parseLong(times[1]), answered);
        }
      }
      await(deadline);
    }
  }

  private Agreed agreed(ReferenceClock reference, Instant begin) throws IOException {
    long nanos = reference.nanosAt(begin);
    long ahead = nanos - clock.nanos();
    if (ahead < LEAST_AHEAD_NANOS) {
      throw new IOException(
          Figures.fill(
              "the load begins at %s, and this share knew %.1f s before; it takes %.0f s",
              begin, ahead / 1e9, LEAST_AHEAD_NANOS / 1e9));
    }
    return new Agreed(reference, nanos);
  }

  /** The other must have this share's settings. */
  private void requireSame(int other, List<String> lines) throws IOException {
    List<String> own = tails(lines(share.index()), SETTING);
    List<String> theirs = tails(lines, SETTING);
    if (!own.equals(theirs)) {
      TreeSet<String> keys = new TreeSet<>();
      own.stream().filter(line -> !theirs.contains(line)).forEach(line -> keys.add(key(line)));
      theirs.stream().filter(line -> !own.contains(line)).forEach(line -> keys.add(key(line)));
      throw new IOException(
          "share "
              + other
              + " has other settings, so that it makes another load: "
              + String.join(", ", keys));
    }
  }

  private static String key(String setting) {
    return setting.split(" ", 2)[0];
  }

  private List<Integer> here() throws IOException {
    List<Integer> here = new ArrayList<>();
    for (int index = 0; index < share.of(); index++) {
      if (!lines(index).isEmpty()) {
        here.add(index);
      }
    }
    return here;
  }

  private void await(long deadline) throws IOException, InterruptedException {
    for (int index = 0; index < share.of(); index++) {
      List<String> failed = index == share.index() ? List.of() : tails(lines(index), FAILED);
      if (!failed.isEmpty()) {
        throw new IOException("share " + index + " gave up: " + failed.get(0));
      }
    }
    if (clock.nanos() - deadline > 0) {
      List<Integer> here = here();
      throw new IOException(
          Figures.fill(
              "within %s %s of %s shares came there; missing or not ready: %s",
              Figures.duration(limit.toNanos() / 1e9),
              here.size(),
              share.of(),
              IntStream.range(0, share.of())
                  .filter(
                      index -> index != share.index() && !(here.contains(index) && isReady(index)))
                  .boxed()
                  .toList()));
    }
    sleep.millis(POLL_MILLIS);
  }

  private boolean isReady(int index) {
    try {
      return !tails(lines(index), index == 0 ? START : READY).isEmpty();
    } catch (IOException unreadable) {
      return false;
    }
  }

  private void append(String line) throws IOException {
    Files.writeString(file(share.index()), line + "\n", UTF_8, StandardOpenOption.APPEND);
  }

  /** Whole lines only: the last may still be on its way. */
  private List<String> lines(int index) throws IOException {
    try {
      String text = Files.readString(file(index), UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (NoSuchFileException notYet) {
      return List.of();
    }
  }

  private static List<String> tails(List<String> lines, String begin) {
    return lines.stream()
        .filter(line -> line.startsWith(begin))
        .map(line -> line.substring(begin.length()))
        .toList();
  }
}
