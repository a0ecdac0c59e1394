package dev.gatlingllm.together;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.record.Share;
import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarrierTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Map<String, String> SETTINGS = Map.of("llm.seed", "7", "llm.load.rpm", "60");
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private Path folder;

  /** So slow that no share is late, however busy the machine is. */
  private static long slowNanos() {
    return System.nanoTime() / 100;
  }

  /** A machine whose wall clock is off, and whose monotonic clock began at another time. */
  private record Machine(long wallOff, long monotonicOff) {
    NanoClock clock() {
      return () -> slowNanos() + monotonicOff;
    }

    Instant wall() {
      return Instant.ofEpochSecond(1_800_000_000L, slowNanos() + wallOff);
    }
  }

  private Barrier barrier(int index, int of, Machine machine, Duration limit) {
    return new Barrier(
        folder, new Share(index, of), machine.clock(), machine::wall, Sleep.OF_THREAD, limit);
  }

  private static <T> List<T> all(List<Callable<T>> shares) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(shares.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> share : threads.invokeAll(shares)) {
        results.add(share.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void sharesFindOutWhatTheirClocksAreApartAndBeginAtOneInstantWithinTheBound() throws Exception {
    List<Machine> machines =
        List.of(
            new Machine(0, 5 * SECOND),
            new Machine(3 * SECOND, -9 * SECOND),
            new Machine(-7 * SECOND, 77 * SECOND));
    List<Callable<Barrier.Agreed>> shares = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Barrier barrier = barrier(i, 3, machines.get(i), LONG);
      shares.add(
          () -> {
            barrier.come(SETTINGS);
            return barrier.meet(Optional.empty(), Optional.empty());
          });
    }
    List<Barrier.Agreed> agreed = all(shares);
    long first = agreed.get(0).beginNanos() - machines.get(0).monotonicOff();
    for (int i = 1; i < 3; i++) {
      Machine machine = machines.get(i);
      Barrier.Agreed one = agreed.get(i);
      long bound = one.reference().boundNanos(one.beginNanos());
      assertThat(Math.abs(one.beginNanos() - machine.monotonicOff() - first))
          .isLessThanOrEqualTo(bound);
      long now = slowNanos();
      Instant wall = Instant.ofEpochSecond(1_800_000_000L, now + machine.wallOff());
      double offset = one.reference().offset(now + machine.monotonicOff(), wall).offsetMillis();
      assertThat(Math.abs(offset + machine.wallOff() / 1e6)).isLessThanOrEqualTo(bound / 1e6);
      assertThat(one.reference().name())
          .isEqualTo("share 0 of " + folder.getParent().getFileName() + "/" + folder.getFileName());
    }
  }

  @Test
  void aShareIsNotSentTwice() throws IOException {
    Machine machine = new Machine(0, 0);
    barrier(1, 3, machine, LONG).come(SETTINGS);
    assertThatThrownBy(() -> barrier(1, 3, machine, LONG).come(SETTINGS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("share 1/3 has been here before")
        .hasMessageContaining("a share is sent once only");
  }

  @Test
  void sharesThatDoNotComeAreNamedWhenTheTimeIsUp() throws IOException {
    Machine machine = new Machine(0, 0);
    Barrier barrier = barrier(0, 3, machine, Duration.ofNanos(300_000));
    barrier.come(SETTINGS);
    barrier(2, 3, machine, LONG).come(SETTINGS);
    assertThatThrownBy(() -> barrier.meet(Optional.empty(), Optional.empty()))
        .hasMessageContaining("2 of 3 shares came there; missing or not ready: [1, 2]");
    assertThat(Files.readString(folder.resolve("share-0-of-3.txt"))).contains("failed within");
  }

  @Test
  void anotherShareThatGivesUpIsNotWaitedFor() throws IOException {
    Machine machine = new Machine(0, 0);
    Barrier barrier = barrier(0, 2, machine, LONG);
    barrier.come(SETTINGS);
    barrier(1, 2, machine, LONG).come(SETTINGS);
    Files.writeString(
        folder.resolve("share-1-of-2.txt"),
        "failed no room\n",
        java.nio.file.StandardOpenOption.APPEND);
    assertThatThrownBy(() -> barrier.meet(Optional.empty(), Optional.empty()))
        .hasMessage("share 1 gave up: no room");
  }

  @Test
  void sharesOfOtherSettingsAreRefusedByTheirKeys() throws IOException {
    Machine machine = new Machine(0, 0);
    Barrier barrier = barrier(0, 2, machine, LONG);
    barrier.come(SETTINGS);
    barrier(1, 2, machine, LONG).come(Map.of("llm.seed", "7", "llm.load.rpm", "90"));
    assertThatThrownBy(() -> barrier.meet(Optional.empty(), Optional.empty()))
        .hasMessage("share 1 has other settings, so that it makes another load: llm.load.rpm");
  }

  @Test
  void aStartThatIsKnownTooLateIsRefused() throws Exception {
    Machine machine = new Machine(0, 0);
    Barrier barrier = barrier(0, 1, machine, LONG);
    barrier.come(SETTINGS);
    assertThatThrownBy(
            () -> barrier.meet(Optional.empty(), Optional.of(machine.wall().plusMillis(10))))
        .hasMessageContaining("and this share knew");
  }
}
