package dev.gatlingllm.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.record.ServerScrape.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScrapedTextTest {

  private static final String VLLM =
      """
      # HELP vllm:num_requests_waiting Number of requests waiting to be processed.
      # TYPE vllm:num_requests_waiting gauge
      vllm:num_requests_waiting{engine="0",model_name="meta-llama/Llama-3.1-8B"} 30.0
      # TYPE vllm:num_preemptions_total counter
      vllm:num_preemptions_total{engine="0",model_name="meta-llama/Llama-3.1-8B"} 1.2e+01
      # TYPE vllm:request_queue_time_seconds histogram
      vllm:request_queue_time_seconds_bucket{engine="0",le="+Inf"} 4.0
      vllm:request_queue_time_seconds_count{engine="0"} 4
      vllm:request_queue_time_seconds_sum{engine="0"} 0.5
      """;

  private static List<Sample> samples(String text) {
    ScrapedText read = ScrapedText.of(text);
    assertThat(read.badLines()).isZero();
    return read.samples();
  }

  @Test
  void aValueHasItsNameTypeAndLabels() {
    assertThat(samples(VLLM))
        .contains(
            new Sample(
                "vllm:num_requests_waiting",
                "gauge",
                Map.of("engine", "0", "model_name", "meta-llama/Llama-3.1-8B"),
                30),
            new Sample(
                "vllm:num_preemptions_total",
                "counter",
                Map.of("engine", "0", "model_name", "meta-llama/Llama-3.1-8B"),
                12),
            new Sample(
                "vllm:request_queue_time_seconds_sum", "histogram", Map.of("engine", "0"), 0.5));
  }

  @Test
  void openMetricsAreReadToo() {
    assertThat(
            samples(
                """
                # TYPE tokens counter
                # UNIT tokens seconds
                tokens_total{a="b"} 5 1520879607.789 # {trace_id="x"} 0.67
                # EOF
                """))
        .containsExactly(new Sample("tokens_total", "counter", Map.of("a", "b"), 5));
  }

  @Test
  void labelsMayHoldWhatEndsThem() {
    assertThat(samples("a{path=\"C:\\\\x\",said=\"\\\"}\\n,=\",} 1\r\n b\t2 \n c { d = \"e\" } 3"))
        .containsExactly(
            new Sample("a", "", Map.of("path", "C:\\x", "said", "\"}\n,="), 1),
            new Sample("b", "", Map.of(), 2),
            new Sample("c", "", Map.of("d", "e"), 3));
  }

  @Test
  void valuesThatAreNotFiniteAreLeftOut() {
    assertThat(samples("a NaN\nb +Inf\nc -Inf\nd -1.5e-3"))
        .containsExactly(new Sample("d", "", Map.of(), -0.0015));
  }

  @Test
  void badLinesAreCountedAndTheOthersRead() {
    ScrapedText read =
        ScrapedText.of("a 1\n{} 2\nb{c=\"d} 3\ne{f=g} 4\nh 5f\n1i 6\nj\nk 0x1p3x\nl 7\nm{n=\"o\"");
    assertThat(read.samples()).extracting(Sample::name).containsExactly("a", "l");
    assertThat(read.badLines()).isEqualTo(8);
    assertThat(read.isValid()).isFalse();
    assertThat(ScrapedText.of("a 1\nb 2\n<").isValid()).isTrue();
  }

  @Test
  void otherTextIsNoMetricsAndAnEmptyOneIs() {
    assertThat(ScrapedText.of("<!DOCTYPE html>\n<html><body>Hi 5</body></html>").isValid())
        .isFalse();
    assertThat(ScrapedText.of("{\"object\":\"list\",\"data\":[]}").isValid()).isFalse();
    assertThat(ScrapedText.of("ok").isValid()).isFalse();
    assertThat(ScrapedText.of("").isValid()).isTrue();
  }

  @Test
  void ofANameThatChangedTheNewerOneCounts() {
    assertThat(
            KnownMetric.CACHE_USE
                .source(List.of("vllm:gpu_cache_usage_perc", "vllm:kv_cache_usage_perc")::contains)
                .map(MetricSource::name))
        .hasValue("vllm:kv_cache_usage_perc");
    assertThat(
            KnownMetric.CACHE_USE
                .source(List.of("vllm:gpu_cache_usage_perc")::contains)
                .map(MetricSource::name))
        .hasValue("vllm:gpu_cache_usage_perc");
    assertThat(KnownMetric.QUEUE_TIME.source("tgi_request_queue_duration_sum"::equals)).isEmpty();
  }

  @Test
  void metricsAreAskedForByNameAndLabels() {
    List<MetricSelector> all = MetricSelector.all(" up, queue{pool=\"a,b\"} ,x{y=z, v=\"\"}");
    assertThat(all)
        .containsExactly(
            new MetricSelector("up", Map.of()),
            new MetricSelector("queue", Map.of("pool", "a,b")),
            new MetricSelector("x", Map.of("y", "z", "v", "")));
    assertThat(all.get(1).selects(new Sample("queue", "gauge", Map.of("pool", "a,b", "c", "d"), 1)))
        .isTrue();
    assertThat(all.get(1).selects(new Sample("queue", "gauge", Map.of("pool", "c"), 1))).isFalse();
    assertThat(all.get(0).selects(new Sample("up_sum", "histogram", Map.of(), 1))).isTrue();
    assertThat(all.get(0).selects(new Sample("up_bucket", "histogram", Map.of(), 1))).isFalse();
    for (String bad : List.of("a b", "a{b}", "a{b=\"c\"", "1", ",", "a{b=\"c\"}d")) {
      assertThatThrownBy(() -> MetricSelector.all(bad)).as(bad).hasMessage(MetricSelector.ACCEPTED);
    }
    assertThat(MetricSelector.ofConfiguration(Map.of(MetricSelector.SETTING, "[up, x{y=z}]")))
        .hasSize(2);
  }
}
