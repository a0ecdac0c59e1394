package dev.gatlingllm.run;

import dev.gatlingllm.config.ServerMetricsConfig;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.record.ServerScrape;
import dev.gatlingllm.record.ServerScrape.Sample;
import dev.gatlingllm.record.ServerScrapes;
import dev.gatlingllm.scrape.KnownMetric;
import dev.gatlingllm.scrape.MetricsClient;
import dev.gatlingllm.text.Count;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the service's own metrics while a run goes on, on a thread of its own, and writes {@code
 * server-metrics.jsonl}: each reading at once, so that a killed run keeps what it had. All
 * addresses are asked at the same time. Readings that fail are lines as well, and disturb nothing.
 * Safe for use by many threads.
 */
final class ServerLog implements AutoCloseable {

  private static final long CLOSE_SECONDS = 10;

  /** A server with thousands of label sets must not fill the disk. */
  private static final int MOST_SAMPLES = 1_000;

  private final List<URI> addresses;
  private final ServerMetricsConfig config;
  private final Function<URI, CompletableFuture<MetricsClient.Answer>> reader;
  private final RunClock clock;
  private final LineFile file;
  private final ScheduledExecutorService thread;
  private final Map<String, Long> failures = new TreeMap<>();
  private long rounds;
  private Optional<IOException> failure = Optional.empty();

  /**
   * A log that has not begun.
   *
   * @param reader asks an address; what it returns always completes
   * @param thread for this alone
   */
  ServerLog(
      Path path,
      List<URI> addresses,
      ServerMetricsConfig config,
      Function<URI, CompletableFuture<MetricsClient.Answer>> reader,
      RunClock clock,
      ScheduledExecutorService thread)
      throws IOException {
    this.addresses = List.copyOf(addresses);
    this.config = config;
    this.reader = reader;
    this.clock = clock;
    this.thread = thread;
    this.file = LineFile.create(path);
  }

  /** Reads now and then again and again, until it is closed. */
  void begin() {
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            this::read, 0, config.interval().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Reads every address once, and returns when all have answered or been given up. */
  synchronized void read() {
    if (failure.isPresent()) {
      return;
    }
    long begin = clock.clock().nanos();
    long round = rounds++;
    List<CompletableFuture<ServerScrape>> all = new ArrayList<>();
    for (URI address : addresses) {
      all.add(
          reader
              .apply(address)
              .exceptionally(MetricsClient.Answer::failed)
              .thenApply(answer -> scrape(round, address, begin, clock.clock().nanos(), answer)));
    }
    try {
      for (CompletableFuture<ServerScrape> one : all) {
        ServerScrape scrape = one.join();
        if (!scrape.isRead()) {
          failures.merge(scrape.address() + ": " + scrape.error(), 1L, Long::sum);
        }
        file.append(ServerScrapes.encode(scrape));
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  private ServerScrape scrape(
      long round, URI address, long begin, long end, MetricsClient.Answer answer) {
    List<Sample> kept =
        answer.text().samples().stream().filter(this::isKept).limit(MOST_SAMPLES).toList();
    return new ServerScrape(
        round,
        clock.sinceStart(begin),
        end - begin,
        address.toString(),
        kept,
        answer.text().badLines(),
        answer.error());
  }

  private boolean isKept(Sample sample) {
    return KnownMetric.knows(sample.name())
        || config.metrics().stream().anyMatch(selector -> selector.selects(sample));
  }

  /** What went wrong, a sentence each. */
  synchronized List<String> problems() {
    List<String> problems = new ArrayList<>();
    failure.ifPresent(cause -> problems.add("server-metrics.jsonl is cut short: " + cause));
    if (!failures.isEmpty()) {
      problems.add(
          "server metrics: "
              + Count.of(rounds, "reading")
              + ", of which failed: "
              + failures.entrySet().stream()
                  .map(one -> one.getValue() + " of " + one.getKey())
                  .collect(Collectors.joining("; ")));
    }
    return problems;
  }

  /** Reads a last time, so that what was counted is whole, and closes the file. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        read();
        closeFile();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void closeFile() {
    file.close();
  }
}
