package dev.gatlingllm.simulator;

import io.netty.handler.codec.http.QueryStringDecoder;

/**
 * The endpoint's own metrics under vLLM's names, in Prometheus' text format 0.0.4. Its places stand
 * for the KV cache: the cache is full when all are taken. It never preempts a call.
 */
final class VllmMetrics {

  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final String LABELS = "{model_name=\"simulated\",engine=\"0\"}";

  private VllmMetrics() {}

  /** Whether a request target asks for the metrics. */
  static boolean isAskedFor(String target) {
    return new QueryStringDecoder(target).rawPath().equals("/metrics");
  }

  static String text(Endpoint endpoint) {
    ServedTally served = endpoint.served();
    StringBuilder text = new StringBuilder();
    add(text, "gauge", "num_requests_running", endpoint.capacity().serving());
    add(text, "gauge", "num_requests_waiting", endpoint.capacity().waiting());
    add(text, "gauge", "kv_cache_usage_perc", endpoint.capacity().use());
    add(text, "counter", "num_preemptions_total", 0);
    add(text, "counter", "prefix_cache_queries_total", served.promptTokens());
    add(text, "counter", "prefix_cache_hits_total", served.cachedTokens());
    add(text, "counter", "prompt_tokens_total", served.promptTokens());
    add(text, "counter", "generation_tokens_total", served.madeTokens());
    add(text, "summary", "request_queue_time_seconds", "_sum", served.waitedSeconds());
    value(text, "request_queue_time_seconds_count", served.calls());
    return text.toString();
  }

  private static void add(StringBuilder text, String type, String name, double value) {
    add(text, type, name, "", value);
  }

  private static void add(
      StringBuilder text, String type, String name, String suffix, double value) {
    text.append("# TYPE vllm:").append(name).append(' ').append(type).append('\n');
    value(text, name + suffix, value);
  }

  private static void value(StringBuilder text, String name, double value) {
    text.append("vllm:").append(name).append(LABELS).append(' ').append(value).append('\n');
  }
}
