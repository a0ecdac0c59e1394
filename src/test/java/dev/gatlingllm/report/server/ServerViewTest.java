package dev.gatlingllm.report.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.record.ServerScrape;
import dev.gatlingllm.record.ServerScrape.Sample;
import dev.gatlingllm.scrape.KnownMetric;
import dev.gatlingllm.scrape.MetricSelector;
import dev.gatlingllm.scrape.ScrapedText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Readings of a service two seconds apart. */
class ServerViewTest {

  private static final Instant START = Instant.parse("2026-03-02T14:00:00Z");
  private static final long PERIOD_NANOS = 2_000_000_000L;
  private static final String A = "http://a/metrics";
  private static final String B = "http://b/metrics";

  private final List<ServerScrape> scrapes = new ArrayList<>();

  private ServerViewTest read(long round, String address, String... lines) {
    List<Sample> samples = ScrapedText.of(String.join("\n", lines)).samples();
    assertThat(samples).isNotEmpty();
    scrapes.add(new ServerScrape(round, round * PERIOD_NANOS, 5_000_000, address, samples, 0, ""));
    return this;
  }

  private ServerViewTest failed(long round, String address) {
    scrapes.add(
        new ServerScrape(round, round * PERIOD_NANOS, 5_000_000, address, List.of(), 0, "no"));
    return this;
  }

  private ServerView view(String... asked) {
    return ServerView.of(
        List.of(new ServerView.OfRun(START, scrapes, MetricSelector.all(String.join(",", asked)))),
        Optional.empty());
  }

  private static List<OptionalDouble> values(ServerView view, KnownMetric metric) {
    return values(view, metric.title());
  }

  private static List<OptionalDouble> values(ServerView view, String name) {
    return view.lines().stream()
        .filter(line -> line.name().equals(name))
        .flatMap(line -> line.points().stream())
        .map(ServerLine.Point::value)
        .toList();
  }

  private static OptionalDouble is(double value) {
    return OptionalDouble.of(value);
  }

  private static final OptionalDouble NONE = OptionalDouble.empty();

  @Test
  void requestsOfSeveralEnginesAndAddressesAreAddedAndTheFullestCacheCounts() {
    read(
        0,
        A,
        "vllm:num_requests_waiting{engine=\"0\"} 2",
        "vllm:num_requests_waiting{engine=\"1\"} 3",
        "vllm:kv_cache_usage_perc{engine=\"0\"} 0.25",
        "vllm:kv_cache_usage_perc{engine=\"1\"} 0.75");
    read(0, B, "sglang:num_queue_reqs 4", "sglang:token_usage 0.5");
    assertThat(values(view(), KnownMetric.WAITING)).containsExactly(is(9));
    assertThat(values(view(), KnownMetric.CACHE_USE)).containsExactly(is(75));
    assertThat(view().mostCachePercent()).hasValue(75);
  }

  @Test
  void processesOfOneEngineThatTellTheSameCountOnce() {
    read(
        0,
        A,
        "sglang:num_running_reqs{tp_rank=\"0\",dp_rank=\"0\"} 4",
        "sglang:num_running_reqs{tp_rank=\"1\",dp_rank=\"0\"} 4",
        "sglang:num_running_reqs{tp_rank=\"2\",dp_rank=\"1\"} 3",
        "sglang:num_running_reqs{tp_rank=\"10\",dp_rank=\"1\"} 9");
    assertThat(values(view(), KnownMetric.RUNNING)).containsExactly(is(7));
  }

  @Test
  void countersBecomeRatesAndOneThatFellBeganAnew() {
    read(0, A, "vllm:generation_tokens_total 1000", "vllm:num_preemptions_total 5");
    read(1, A, "vllm:generation_tokens_total 1200", "vllm:num_preemptions_total 5");
    read(2, A, "vllm:generation_tokens_total 50", "vllm:num_preemptions_total 3");
    ServerView view = view();
    assertThat(values(view, KnownMetric.GENERATED)).containsExactly(NONE, is(100), is(25));
    assertThat(view.preemptions()).hasValue(3);
    assertThat(view.lines().get(1).points().get(1).at()).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void aCounterThatIsThereForTheFirstTimeCountsFromZero() {
    read(0, A, "sglang:num_running_reqs 0");
    read(1, A, "sglang:num_running_reqs 1", "sglang:generation_tokens_total 60");
    assertThat(values(view(), KnownMetric.GENERATED)).containsExactly(NONE, is(30));
  }

  @Test
  void sumsAndCountsBecomeMeansOfWhatWasCountedBetweenTwoReadings() {
    read(0, A, queueTime(1.0, 10), hits(100, 1000));
    read(1, A, queueTime(3.0, 14), hits(100, 1000));
    read(2, A, queueTime(3.0, 14), hits(400, 1400));
    assertThat(values(view(), KnownMetric.QUEUE_TIME)).containsExactly(NONE, is(500), NONE);
    assertThat(values(view(), KnownMetric.PREFIX_HITS)).containsExactly(NONE, NONE, is(75));
  }

  private static String queueTime(double sum, int count) {
    return "vllm:request_queue_time_seconds_sum "
        + sum
        + "\nvllm:request_queue_time_seconds_count "
        + count;
  }

  private static String hits(int hits, int queries) {
    return "vllm:prefix_cache_hits_total " + hits + "\nvllm:prefix_cache_queries_total " + queries;
  }

  @Test
  void aReadingThatFailedIsAGapAndTheNextRateIsOverAllOfIt() {
    read(0, A, "tgi_queue_size 1", "tgi_request_generated_tokens_sum 100");
    read(0, B, "tgi_queue_size 1", "tgi_request_generated_tokens_sum 100");
    read(1, A, "tgi_queue_size 1", "tgi_request_generated_tokens_sum 300");
    failed(1, B);
    read(2, A, "tgi_queue_size 1", "tgi_request_generated_tokens_sum 500");
    read(2, B, "tgi_queue_size 1", "tgi_request_generated_tokens_sum 100");
    ServerView view = view();
    assertThat(values(view, KnownMetric.WAITING)).containsExactly(is(2), NONE, is(2));
    assertThat(values(view, KnownMetric.GENERATED)).containsExactly(NONE, NONE, is(100));
    assertThat(view.failures()).containsExactly(Map.entry("no", 1L));
    assertThat(view.readings()).isEqualTo(3);
    assertThat(view.interval()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void metricsAskedForKeepTheirLabels() {
    for (int round = 0; round < 2; round++) {
      read(
          round,
          A,
          "# TYPE pool gauge",
          "pool{name=\"a\"} " + (1 + round),
          "pool{name=\"b\"} 5",
          "# TYPE done counter",
          "done_total " + 10 * round,
          "# TYPE size histogram",
          "size_sum " + 30 * round,
          "size_count " + 3 * round);
    }
    ServerView view = view("pool", "done", "size");
    assertThat(view.lines())
        .extracting(ServerLine::name, ServerLine::dimension, ServerLine::unit)
        .containsExactly(
            tuple("done_total", "", "1/s"),
            tuple("pool", "name=\"a\"", ""),
            tuple("pool", "name=\"b\"", ""),
            tuple("size, mean", "", ""));
    assertThat(values(view, "done_total")).containsExactly(NONE, is(5));
    assertThat(values(view, "pool")).containsExactly(is(1), is(2), is(5), is(5));
    assertThat(values(view, "size, mean")).containsExactly(NONE, is(10));
  }

  private Optional<QueueStretch> queue(int... waiting) {
    scrapes.clear();
    for (int round = 0; round < waiting.length; round++) {
      if (waiting[round] < 0) {
        failed(round, A);
      } else {
        read(round, A, "vllm:num_requests_waiting " + waiting[round]);
      }
    }
    return view().queue();
  }

  @Test
  void aQueueBeginsWithTheFirstReadingFromWhichSomeWait() {
    QueueStretch queue = queue(0, 0, 1, 4, 9, 0, 12, -1, 3, 0, 0, 1).orElseThrow();
    assertThat(queue.from()).isEqualTo(START.plusSeconds(4));
    assertThat(queue.to()).isEqualTo(START.plusSeconds(16));
    assertThat(queue.most()).isCloseTo(12, within(0.0));
    assertThat(queue.mostAt()).isEqualTo(START.plusSeconds(12));
  }

  @Test
  void aMomentIsNoQueueAndOfSeveralTheLongestCounts() {
    assertThat(queue(0, 7, 9, 0, 0, 0, 5, 0, 0)).isEmpty();
    assertThat(queue(1, 1, 1, 0, 0, 0, 5, 6, 7, 0).orElseThrow().from())
        .isEqualTo(START.plusSeconds(12));
  }

  @Test
  void itLastsUntilTheLoadEndsIfOneEmptyReadingAtMostComesBetween() {
    queue(0, 5, 5, 5, 0, 0);
    assertThat(untilEnd(START.plusSeconds(9))).isTrue();
    assertThat(untilEnd(START.plusSeconds(11))).isFalse();
  }

  private boolean untilEnd(Instant loadEnd) {
    return ServerView.of(
            List.of(new ServerView.OfRun(START, scrapes, List.of())), Optional.of(loadEnd))
        .untilEnd();
  }

  @Test
  void runsThatReadTheSameServiceAtTheSameTimeCountItOnce() {
    for (int round = 0; round < 4; round++) {
      read(round, A, "vllm:num_requests_waiting 5");
    }
    ServerView.OfRun first = new ServerView.OfRun(START, List.copyOf(scrapes), List.of());
    ServerView.OfRun second =
        new ServerView.OfRun(START.plusSeconds(5), List.copyOf(scrapes), List.of());
    ServerView both = ServerView.of(List.of(first, second), Optional.empty());
    assertThat(both.queue().orElseThrow().most()).isEqualTo(5);
    assertThat(both.lines().get(0).points())
        .extracting(point -> Duration.between(START, point.at()).toSeconds())
        .containsExactly(0L, 2L, 4L, 6L, 7L, 9L, 11L);
  }

  @Test
  void runsThatReadDifferentServicesKeepThemApart() {
    read(0, A, "vllm:num_requests_waiting 5");
    ServerView.OfRun first = new ServerView.OfRun(START, List.copyOf(scrapes), List.of());
    scrapes.clear();
    read(0, B, "vllm:num_requests_waiting 1");
    ServerView.OfRun second = new ServerView.OfRun(START, List.copyOf(scrapes), List.of());
    assertThat(ServerView.of(List.of(first, second), Optional.empty()).lines())
        .extracting(ServerLine::dimension)
        .containsExactly(A, B);
  }

  @Test
  void nothingWasRead() {
    assertThat(view()).isEqualTo(ServerView.NONE);
  }
}
