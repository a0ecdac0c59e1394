package dev.gatlingllm.bench;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The client under test, in a process of its own. Says {@code warm} when it is, then takes orders
 * on its standard input: {@code start} starts calls at even distances, {@code hold} starts no more,
 * {@code memory} prints bytes in use after a collection and calls in flight, {@code stop} starts no
 * more calls, waits for those in flight, writes what was seen and exits.
 */
final class StreamClient {

  private static final String PROMPT =
      "Tell a long story of a lighthouse, of its keeper, and of the ships that pass it. ";

  /** Begins the answer to {@code memory}: the SDKs' own warnings come on the same output. */
  static final String MEMORY = "memory ";

  private static final int DRAIN_STEPS = 900;
  private static final int WARM_UP_STREAMS = 30;

  /** Short calls: their start and end must be compiled too. */
  private static final int WARM_UP_TOKENS = 20;

  private final StreamPath path;
  private final int tokens;
  private final Queue<CallStamps> ended = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private int started;

  private StreamClient(StreamPath path, int tokens) {
    this.path = path;
    this.tokens = tokens;
  }

  /**
   * Arguments: path, endpoint, calls per second, tokens per call, file for the stamps, endpoint to
   * warm up with, seconds for that.
   */
  public static void main(String[] arguments) throws IOException {
    try (StreamPath warmUp = StreamPath.of(arguments[0], URI.create(arguments[5]))) {
      new StreamClient(warmUp, WARM_UP_TOKENS).warmUp(Integer.parseInt(arguments[6]));
    }
    System.out.println("warm");
    StreamClient client =
        new StreamClient(
            StreamPath.of(arguments[0], URI.create(arguments[1])), Integer.parseInt(arguments[3]));
    client.obey(Double.parseDouble(arguments[2]));
    CallStamps.write(Path.of(arguments[4]), client.ended);
    System.exit(0);
  }

  /** As many calls as the machine can do, so that the compiler is done before it counts. */
  private void warmUp(int seconds) {
    long until = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() - until < 0) {
      while (inFlight.get() < WARM_UP_STREAMS) {
        call();
      }
      sleepBriefly(5);
    }
    drain();
  }

  private void drain() {
    for (int i = 0; i < DRAIN_STEPS && inFlight.get() > 0; i++) {
      sleepBriefly(100);
    }
  }

  private void obey(double callsPerSecond) throws IOException {
    long periodNanos = Math.round(1e9 / callsPerSecond);
    ScheduledExecutorService starter = Executors.newSingleThreadScheduledExecutor();
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      switch (order) {
        case "start" -> {
          var unused = starter.scheduleAtFixedRate(this::call, 0, periodNanos, NANOSECONDS);
        }
        case "memory" -> System.out.println(MEMORY + bytesInUse() + " " + inFlight.get());
        case "hold" -> starter.shutdownNow();
        default -> {
          starter.shutdownNow();
          drain();
          return;
        }
      }
    }
  }

  private static void sleepBriefly(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void call() {
    inFlight.incrementAndGet();
    path.stream(
        PROMPT + started++,
        tokens,
        stamps -> {
          inFlight.decrementAndGet();
          ended.add(stamps);
        });
  }

  private static long bytesInUse() {
    System.gc();
    System.gc();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return direct + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
