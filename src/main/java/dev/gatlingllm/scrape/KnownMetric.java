package dev.gatlingllm.scrape;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is read of every model server, and by which names. Of the sources of a metric the first of
 * which an answer has a value counts, so that newer names come first. The names are those of the
 * documentation of vLLM (usage/metrics), SGLang (production metrics), llama.cpp (tools/server) and
 * Text Generation Inference (reference/metrics).
 */
public enum KnownMetric {
  /** Requests that wait to be served. */
  WAITING(
      "Requests waiting",
      "requests",
      MetricSource.level("vllm:num_requests_waiting"),
      MetricSource.level("sglang:num_queue_reqs"),
      MetricSource.level("llamacpp:requests_deferred"),
      MetricSource.level("tgi_queue_size")),
  /** Requests that are being served. */
  RUNNING(
      "Requests running",
      "requests",
      MetricSource.level("vllm:num_requests_running"),
      MetricSource.level("sglang:num_running_reqs"),
      MetricSource.level("llamacpp:requests_processing"),
      MetricSource.level("tgi_batch_current_size")),
  /** The part of the KV cache that is in use. */
  CACHE_USE(
      "KV cache in use",
      "%",
      MetricSource.share("vllm:kv_cache_usage_perc"),
      MetricSource.share("vllm:gpu_cache_usage_perc"),
      MetricSource.share("sglang:token_usage"),
      MetricSource.share("llamacpp:kv_cache_usage_ratio")),
  /** Requests that were put back into the queue for want of cache. */
  PREEMPTIONS(
      "Preemptions",
      "1/min",
      MetricSource.rate("vllm:num_preemptions_total", 60),
      MetricSource.rate("vllm:num_preemptions", 60),
      MetricSource.rate("sglang:num_retracted_requests_total", 60),
      MetricSource.rate("sglang:num_retracted_reqs_total", 60)),
  /** The part of the prompts' tokens that the prefix cache had. */
  PREFIX_HITS(
      "Prefix-cache hits",
      "%",
      MetricSource.ratio("vllm:prefix_cache_hits_total", "vllm:prefix_cache_queries_total", 100),
      MetricSource.ratio("vllm:prefix_cache_hits", "vllm:prefix_cache_queries", 100),
      MetricSource.ratio(
          "vllm:gpu_prefix_cache_hits_total", "vllm:gpu_prefix_cache_queries_total", 100),
      MetricSource.ratio("vllm:gpu_prefix_cache_hits", "vllm:gpu_prefix_cache_queries", 100),
      MetricSource.share("vllm:gpu_prefix_cache_hit_rate"),
      MetricSource.share("sglang:cache_hit_rate")),
  /** Tokens that were generated. */
  GENERATED(
      "Tokens generated",
      "tok/s",
      MetricSource.rate("vllm:generation_tokens_total", 1),
      MetricSource.rate("vllm:generation_tokens", 1),
      MetricSource.rate("sglang:generation_tokens_total", 1),
      MetricSource.rate("llamacpp:tokens_predicted_total", 1),
      MetricSource.rate("tgi_request_generated_tokens_sum", 1)),
  /** Tokens of prompts that were taken in. */
  PROMPT(
      "Prompt tokens",
      "tok/s",
      MetricSource.rate("vllm:prompt_tokens_total", 1),
      MetricSource.rate("vllm:prompt_tokens", 1),
      MetricSource.rate("sglang:prompt_tokens_total", 1),
      MetricSource.rate("llamacpp:prompt_tokens_total", 1),
      MetricSource.rate("tgi_request_input_length_sum", 1)),
  /** How long requests waited that began to be served. */
  QUEUE_TIME(
      "Time in the queue, mean",
      "ms",
      MetricSource.mean("vllm:request_queue_time_seconds", 1000),
      MetricSource.mean("sglang:queue_time_seconds", 1000),
      MetricSource.mean("tgi_request_queue_duration", 1000)),
  /** The server's own time to first token. */
  TTFT(
      "Time to first token, mean",
      "ms",
      MetricSource.mean("vllm:time_to_first_token_seconds", 1000),
      MetricSource.mean("sglang:time_to_first_token_seconds", 1000));

  private static final Set<String> NAMES =
      Arrays.stream(values())
          .flatMap(metric -> metric.sources.stream())
          .flatMap(MetricSource::names)
          .collect(Collectors.toUnmodifiableSet());

  private final String title;
  private final String unit;

  // A list that nobody can change, though its type cannot say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<MetricSource> sources;

  KnownMetric(String title, String unit, MetricSource... sources) {
    this.title = title;
    this.unit = unit;
    this.sources = List.of(sources);
  }

  /** As reports call it. */
  public String title() {
    return title;
  }

  /** Of its values. */
  public String unit() {
    return unit;
  }

  /** Where it comes from in an answer that has these names; empty if it has none of it. */
  public Optional<MetricSource> source(Predicate<String> hasName) {
    return sources.stream().filter(source -> source.names().allMatch(hasName)).findFirst();
  }

  /** Whether a value of this name belongs to a known metric. */
  public static boolean knows(String name) {
    return NAMES.contains(name);
  }
}
