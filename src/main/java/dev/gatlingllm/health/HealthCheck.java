package dev.gatlingllm.health;

import dev.gatlingllm.record.Exhausted;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * What a client, and the way from it to the service, is judged by, each with its limits. A value
 * above the first limit degrades the run, one above the second makes it invalid; a limit of
 * infinity is never exceeded. Why they are what they are stands in reports/README.md.
 */
public enum HealthCheck {
  RECORDS_LOST(
      "recordsLost",
      "records lost",
      "records",
      0,
      0,
      "Records were lost, so calls are missing from every number: %s."),
  NO_DESCRIPTOR(
      "callsWithoutDescriptor",
      "calls without a file descriptor",
      "calls",
      0,
      0,
      "The client ran out of file descriptors, so calls failed that were never sent: %s. Allow"
          + " more before the run: ulimit -n 65536."),
  NO_PORT(
      "callsWithoutPort",
      "calls without a local port",
      "calls",
      0,
      0,
      "The client ran out of local ports, so calls failed that were never sent: %s. Allow more"
          + " before the run: sysctl net.ipv4.ip_local_port_range=\"1024 65535\"."),
  NO_THREAD(
      "callsWithoutThread",
      "calls without a thread",
      "calls",
      0,
      0,
      "The client ran out of threads, so calls failed: %s. Allow more before the run: ulimit -u,"
          + " or the limit of processes of the container."),
  NO_MEMORY(
      "callsWithoutMemory",
      "calls without memory",
      "calls",
      0,
      0,
      "The client ran out of memory, so calls failed: %s. Give it more:"
          + " -Dgatling.jvmArgs=-Xmx4G."),
  DESCRIPTORS(
      "descriptorsPercent",
      "file descriptors, most",
      "%",
      99,
      99,
      "Almost every file descriptor that the client may have was open: %s. Allow more before the"
          + " run: ulimit -n 65536."),
  DROPPED(
      "droppedPercent",
      "arrivals dropped",
      "%",
      0,
      1,
      "The client was too late to send a part of the arrivals: %s."),
  SCHEDULE_DELAY(
      "scheduleDelayP99Millis",
      "schedule delay by the client, p99",
      "ms",
      10,
      100,
      "The client started calls late: the schedule delay that it caused has a p99 of %s."),
  LOOP_DELAY(
      "eventLoopDelayP99Millis",
      "event-loop delay, p99",
      "ms",
      5,
      50,
      "The event loops were late to answer: their delay has a p99 of %s."),
  LOOP_LONGEST(
      "eventLoopDelayLongestMillis",
      "event-loop delay, longest",
      "ms",
      250,
      Double.POSITIVE_INFINITY,
      "An event loop did not answer for %s."),
  BACKLOG(
      "decodeBacklogP99Millis",
      "decode backlog, p99",
      "ms",
      2,
      20,
      "Chunks had to wait to be decoded: the backlog has a p99 of %s."),
  GC_LONGEST(
      "gcPauseLongestMillis",
      "GC pause, longest",
      "ms",
      50,
      500,
      "A collection of garbage stopped the client for %s."),
  GC_SHARE(
      "gcPausePercent",
      "time in GC pauses",
      "%",
      5,
      20,
      "The client stood still in collections of garbage for a part of the time: %s."),
  CPU(
      "cpuMedianPercent",
      "processors busy, median",
      "%",
      80,
      95,
      "The processors were busy while calls were in flight: their median is %s."),
  CONNECTIONS(
      "connectionsMissing",
      "calls above llm.maxConnections",
      "calls",
      0,
      Double.POSITIVE_INFINITY,
      "More calls were in flight than llm.maxConnections allows to one host, so calls may have waited"
          + " for a connection, and that wait is in their schedule delay: %s too many."),
  QUEUE(
      "recordQueuePercent",
      "record queue, fullest",
      "%",
      50,
      Double.POSITIVE_INFINITY,
      "The disk was slow: the queue of records was filled to %s."),
  UNWATCHED(
      "unwatchedSeconds",
      "longest time unwatched",
      "s",
      2,
      Double.POSITIVE_INFINITY,
      "The client could not even be watched for %s."),
  TTFT_ERROR(
      "ttftErrorMedianMillis",
      "measurement error of TTFT, median",
      "ms",
      5,
      50,
      "Measured against a simulated endpoint, the client adds to each time to first token: median"
          + " %s."),
  TTFT_ERROR_P99(
      "ttftErrorP99Millis",
      "measurement error of TTFT, p99",
      "ms",
      50,
      500,
      "Measured against a simulated endpoint, the client adds much to some times to first token: a"
          + " p99 of %s."),
  INTER_CHUNK_ERROR(
      "interChunkErrorP99Millis",
      "measurement error of inter-chunk latency, p99",
      "ms",
      10,
      100,
      "Measured against a simulated endpoint, inter-chunk latencies are wrong by a p99 of %s."),
  BUFFERED(
      "bufferedStreamsPercent",
      "streams buffered on their way",
      "%",
      5,
      Double.POSITIVE_INFINITY,
      "Something between you and the service collects the stream: of %s of the answers the chunks"
          + " came in heaps. Those calls have no tok/s, no TPOT and no inter-chunk latency, and their"
          + " TTFT is that of the collector. Switch the buffering of the proxy or gateway off"
          + " (nginx: proxy_buffering off; a response header X-Accel-Buffering: no), or call the"
          + " service without it; a content filter may collect, too (Azure: asynchronous filter;"
          + " Bedrock guardrail: streamProcessingMode async).");

  private final String field;
  private final String label;
  private final String unit;
  private final double degradedAbove;
  private final double invalidAbove;
  private final String sentence;

  HealthCheck(
      String field,
      String label,
      String unit,
      double degradedAbove,
      double invalidAbove,
      String sentence) {
    this.field = field;
    this.label = label;
    this.unit = unit;
    this.degradedAbove = degradedAbove;
    this.invalidAbove = invalidAbove;
    this.sentence = sentence;
  }

  /** Whether the figure is of something on the way to the service, and not of the client. */
  public boolean isOfTheWay() {
    return this == BUFFERED;
  }

  /** The name in machine-readable output, with its unit. */
  public String field() {
    return field;
  }

  /** The name in print. */
  public String label() {
    return label;
  }

  /** The unit in print. */
  public String unit() {
    return unit;
  }

  /** A value above this degrades the run. */
  public double degradedAbove() {
    return degradedAbove;
  }

  /** A value above this makes the run invalid; infinity if none does. */
  public double invalidAbove() {
    return invalidAbove;
  }

  /** Whether the figure comes from the calls, and not from samples of the client. */
  boolean isOfCalls() {
    return switch (this) {
      case NO_DESCRIPTOR, NO_PORT, NO_THREAD, NO_MEMORY -> true;
      default -> false;
    };
  }

  /** The check that counts the calls for which this ran out. */
  static HealthCheck of(Exhausted resource) {
    return switch (resource) {
      case FILE_DESCRIPTORS -> NO_DESCRIPTOR;
      case LOCAL_PORTS -> NO_PORT;
      case THREADS -> NO_THREAD;
      case MEMORY -> NO_MEMORY;
    };
  }

  /** What a value means. */
  public Finding of(double value) {
    Trust level =
        value > invalidAbove
            ? Trust.INVALID
            : value > degradedAbove ? Trust.DEGRADED : Trust.TRUSTED;
    double limit = level == Trust.INVALID ? invalidAbove : degradedAbove;
    return new Finding(this, value, level, limit, text(value, limit));
  }

  private String text(double value, double limit) {
    String figures = String.format(Locale.ROOT, "%s (limit %s)", figure(value), figure(limit));
    return sentence.replace("%s", figures);
  }

  private String figure(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString()
        + " "
        + unit;
  }
}
