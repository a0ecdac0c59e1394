package dev.gatlingllm.telemetry;

import dev.gatlingllm.config.TelemetryConfig;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.timing.NanoClock;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.resources.Resource;
import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Metrics by OpenTelemetry's SDK. Whoever ends a call only leaves its record: a stream of thousands
 * of chunks has as many values, which no event loop is to wait for. They are counted by a thread of
 * their own, and by whoever collects the metrics.
 */
final class MetricsOfRun implements Telemetry {

  static final long LAST_EXPORT_NANOS = 5_000_000_000L;

  private static final long FIRST_EXPORT_MILLIS = 1_000;
  private static final long COUNT_MILLIS = 250;
  private static final String SCOPE = "dev.gatlingllm";

  private final NanoClock clock;
  private final ScheduledExecutorService thread;
  private final LongAdder inFlight = new LongAdder();
  private final Queue<CallRecord> uncounted = new ConcurrentLinkedQueue<>();
  private final SdkMeterProvider provider;
  private final CallMeter meter;
  private final Optional<CollectorExport> export;
  private final Optional<MetricsEndpoint> endpoint;
  private volatile boolean ended;

  private MetricsOfRun(
      NanoClock clock,
      ScheduledExecutorService thread,
      SdkMeterProvider provider,
      Optional<CollectorExport> export,
      Optional<MetricsEndpoint> endpoint) {
    this.clock = clock;
    this.thread = thread;
    this.provider = provider;
    this.meter = new CallMeter(provider.get(SCOPE), inFlight::sum);
    this.export = export;
    this.endpoint = endpoint;
  }

  static MetricsOfRun begin(
      TelemetryConfig config, Map<String, String> about, NanoClock clock, PrintStream console) {
    return begin(
        config,
        about,
        clock,
        console,
        Executors.newSingleThreadScheduledExecutor(MetricsOfRun::daemon));
  }

  /** As the other method, on this thread. */
  static MetricsOfRun begin(
      TelemetryConfig config,
      Map<String, String> about,
      NanoClock clock,
      PrintStream console,
      ScheduledExecutorService thread) {
    MetricsReader reader = new MetricsReader();
    Optional<MetricsEndpoint> endpoint =
        config.scrape().map(scrape -> MetricsEndpoint.open(scrape, reader, console));
    Optional<CollectorExport> export =
        config
            .collector()
            .map(
                address ->
                    new CollectorExport(
                        address.toString(),
                        OtlpExporter.of(address, config.headers(), System.getenv()),
                        reader,
                        clock,
                        console));
    SdkMeterProvider provider =
        SdkMeterProvider.builder()
            .setResource(resource(config, about))
            .registerMetricReader(reader)
            .build();
    export.ifPresent(
        sent -> {
          long nanos = config.interval().toNanos();
          var unused =
              thread.scheduleWithFixedDelay(sent::send, nanos, nanos, TimeUnit.NANOSECONDS);
        });
    MetricsOfRun metrics = new MetricsOfRun(clock, thread, provider, export, endpoint);
    reader.before(metrics::count);
    var unused =
        thread.scheduleWithFixedDelay(
            metrics::count, COUNT_MILLIS, COUNT_MILLIS, TimeUnit.MILLISECONDS);
    // What an HTTP client and a connection cost the first time, they cost before the load.
    PrometheusText.of(reader.collect());
    export.ifPresent(first -> first.first(FIRST_EXPORT_MILLIS));
    return metrics;
  }

  /** What the user sets comes last. */
  private static Resource resource(TelemetryConfig config, Map<String, String> about) {
    AttributesBuilder attributes = Labels.of(about).toBuilder();
    config.resource().forEach((name, value) -> Labels.put(attributes, name, value));
    return Resource.create(attributes.build());
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "llm-metrics");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void address(Optional<URI> server) {
    meter.address(server);
  }

  @Override
  public void started() {
    inFlight.increment();
  }

  @Override
  public void ended(CallRecord call) {
    inFlight.decrement();
    unsent(call);
  }

  @Override
  public void unsent(CallRecord call) {
    if (!ended) {
      uncounted.add(call);
    }
  }

  /** Under a lock, so that what one thread has taken is counted before another collects. */
  private synchronized void count() {
    CallRecord next = uncounted.poll();
    while (next != null) {
      meter.count(next);
      next = uncounted.poll();
    }
  }

  @Override
  public void end() {
    long deadline = clock.nanos() + LAST_EXPORT_NANOS;
    ended = true;
    thread.shutdown();
    try {
      var unused = thread.awaitTermination(LAST_EXPORT_NANOS, TimeUnit.NANOSECONDS);
      if (export.isPresent()) {
        export.get().last(deadline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    endpoint.ifPresent(MetricsEndpoint::totalsAreThere);
  }

  @Override
  public void awaitLastScrape() {
    endpoint.ifPresent(MetricsEndpoint::awaitLastScrape);
  }

  @Override
  public void close() {
    endpoint.ifPresent(MetricsEndpoint::close);
    export.ifPresent(CollectorExport::close);
    provider.close();
  }
}
