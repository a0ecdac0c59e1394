package dev.gatlingllm.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.AskedSizes;
import dev.gatlingllm.stats.CacheUse;
import dev.gatlingllm.stats.CallCounts;
import dev.gatlingllm.stats.CallKey;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.CancelledCalls;
import dev.gatlingllm.stats.ConnectionCounts;
import dev.gatlingllm.stats.DataQuality;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.ErrorCount;
import dev.gatlingllm.stats.Goodput;
import dev.gatlingllm.stats.Interval;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.NotableCall;
import dev.gatlingllm.stats.NotableCalls;
import dev.gatlingllm.stats.Percent;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.Throughput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The statistics of one key in {@code summary.json}. */
final class StatisticsJson {

  private StatisticsJson() {}

  static void write(CallStatistics statistics, RunReport report, ObjectNode node) {
    key(statistics.key(), node);
    counts(statistics.counts(), node);
    statistics.cancelled().ifPresent(some -> cancelled(some, node.putObject("cancelledCalls")));
    throughput(statistics.throughput(), node);
    statistics.cache().ifPresent(cache -> cache(cache, node.putObject("promptCache")));
    statistics.sizes().ifPresent(sizes -> sizes(sizes, node.putObject("sizes")));
    statistics.goodput().ifPresent(goodput -> goodput(goodput, node.putObject("goodput")));
    attempts(statistics, node);
    answers(statistics, node);
    statistics
        .connections()
        .ifPresent(connections -> connections(connections, node.putObject("connections")));
    ObjectNode measures = node.putObject("measures");
    for (Measure measure : Measure.values()) {
      distribution(statistics.of(measure), measures.putObject(measure.field()));
    }
    errors(FailureView.of(statistics, report), node.putArray("errors"));
    notable(statistics.notable(), node.putObject("notableCalls"));
    counted(statistics.breakdown().models(), node.putObject("models"));
    counted(statistics.breakdown().regions(), node.putObject("regions"));
    counted(statistics.breakdown().finishReasons(), node.putObject("finishReasons"));
    served("servedModels", statistics.breakdown().servedModels(), node);
    served("servedTiers", statistics.breakdown().servedTiers(), node);
    served("servedLatencyModes", statistics.breakdown().servedLatencyModes(), node);
  }

  private static void served(String name, Map<String, Long> counts, ObjectNode node) {
    if (!counts.isEmpty()) {
      counted(counts, node.putObject(name));
    }
  }

  private static void answers(CallStatistics statistics, ObjectNode node) {
    DataQuality quality = statistics.dataQuality();
    node.put("blocked", quality.blockedAnswers());
    JsonNumbers.put(
        node,
        "blockedPercent",
        Percent.of(quality.blockedAnswers(), statistics.counts().succeeded()));
    node.put("bufferedStreams", quality.streams().buffered());
    JsonNumbers.put(node, "bufferedStreamsPercent", quality.streams().percent());
    if (!quality.tokenDoubts().isEmpty()) {
      counted(quality.tokenDoubts(), node.putObject("callsWithDoubtfulTokens"));
    }
    if (quality.otherLatencyMode() > 0) {
      node.put("servedInOtherLatencyMode", quality.otherLatencyMode());
    }
  }

  private static void connections(ConnectionCounts connections, ObjectNode node) {
    node.put("opened", connections.opened());
    node.put("reused", connections.reused());
    JsonNumbers.put(node, "tcpMedianMillis", connections.tcpMillis());
    JsonNumbers.put(node, "tlsMedianMillis", connections.tlsMillis());
    node.put("closedOnReuse", connections.closedOnReuse());
  }

  private static void key(CallKey key, ObjectNode node) {
    node.put("path", key.path());
    key.groups().forEach(node.putArray("groups")::add);
    node.put("name", key.name());
    ObjectNode labels = node.putObject("labels");
    key.labels().forEach(labels::put);
  }

  private static void counts(CallCounts counts, ObjectNode node) {
    node.put("started", counts.started());
    node.put("succeeded", counts.succeeded());
    node.put("failed", counts.failed());
    node.put("cancelled", counts.cancelled());
    node.put("unfinished", counts.unfinished());
    node.put("dropped", counts.dropped());
    ObjectNode outcomes = node.putObject("outcomes");
    for (Map.Entry<Outcome, Long> entry : counts.byOutcome().entrySet()) {
      outcomes.put(entry.getKey().code(), entry.getValue());
    }
    JsonNumbers.put(node, "successPercent", counts.successPercent());
    JsonNumbers.put(node, "errorPercent", counts.errorPercent());
    JsonNumbers.put(node, "throttledPercent", counts.throttledPercent());
  }

  private static void cancelled(CancelledCalls calls, ObjectNode node) {
    node.put("drawn", calls.drawn());
    node.put("cancelled", calls.calls());
    node.put("withFirstToken", calls.withFirstToken());
    calls.partialOutputTokens().ifPresent(tokens -> node.put("partialOutputTokens", tokens));
    node.put("callsWithoutTokenCount", calls.uncounted());
  }

  private static void throughput(Throughput throughput, ObjectNode node) {
    JsonNumbers.put(node, "wallSeconds", throughput.wallSeconds());
    JsonNumbers.put(node, "loadSeconds", throughput.loadSeconds());
    JsonNumbers.put(node, "startedPerMinute", throughput.startedPerMinute());
    JsonNumbers.put(node, "requestsPerMinute", throughput.requestsPerMinute());
    JsonNumbers.put(node, "inputTokensPerMinute", throughput.inputTokensPerMinute());
    JsonNumbers.put(node, "cachedInputTokensPerMinute", throughput.cachedInputTokensPerMinute());
    JsonNumbers.put(node, "cacheWriteTokensPerMinute", throughput.cacheWriteTokensPerMinute());
    JsonNumbers.put(node, "outputTokensPerMinute", throughput.outputTokensPerMinute());
    JsonNumbers.put(node, "totalTokensPerMinute", throughput.totalTokensPerMinute());
  }

  private static void cache(CacheUse cache, ObjectNode node) {
    node.put("calls", cache.calls());
    node.put("hits", cache.hits());
    JsonNumbers.put(node, "hitPercent", cache.hitPercent());
    JsonNumbers.put(node, "hitRatePercent", cache.hitRatePercent());
    node.put("inputTokens", cache.inputTokens());
    node.put("cachedInputTokens", cache.readTokens());
    JsonNumbers.put(node, "cacheWriteTokens", cache.writtenTokens());
  }

  private static void sizes(AskedSizes sizes, ObjectNode node) {
    side(sizes.input(), node.putObject("input"));
    ObjectNode output = node.putObject("output");
    side(sizes.output(), output);
    output.put("atLimit", sizes.atLimit());
    JsonNumbers.put(output, "atLimitPercent", sizes.atLimitPercent());
  }

  private static void side(AskedSizes.Side side, ObjectNode node) {
    node.put("calls", side.calls());
    node.put("askedTokens", side.asked());
    node.put("countedTokens", side.counted());
    JsonNumbers.put(node, "p50Percent", side.p50Percent());
    JsonNumbers.put(node, "p95Percent", side.p95Percent());
  }

  private static void goodput(Goodput goodput, ObjectNode node) {
    limit(goodput.objectives().ttft(), "ttftLimitMillis", node);
    limit(goodput.objectives().tpot(), "tpotLimitMillis", node);
    limit(goodput.objectives().e2e(), "e2eLimitMillis", node);
    node.put("calls", goodput.calls());
    JsonNumbers.put(node, "percent", goodput.percent());
    JsonNumbers.put(node, "callsPerSecond", goodput.perSecond());
  }

  private static void limit(Optional<Duration> limit, String name, ObjectNode node) {
    limit.ifPresent(known -> JsonNumbers.put(node, name, known.toNanos() / 1e6));
  }

  private static void attempts(CallStatistics statistics, ObjectNode node) {
    node.put("attempts", statistics.attempts().sent());
    node.put("retriedCalls", statistics.attempts().retriedCalls());
    node.put("throttledAttempts", statistics.attempts().throttled());
    node.put("stalls", statistics.dataQuality().stalls());
    node.put("lateEvents", statistics.dataQuality().lateEvents());
    node.put("callsWithEstimatedTokens", statistics.dataQuality().estimatedTokens());
    node.put("callsWithoutTokenCount", statistics.dataQuality().uncountedTokens());
    node.put("callsWithImplausibleTokens", statistics.dataQuality().implausibleTokens());
  }

  static void distribution(Distribution distribution, ObjectNode node) {
    node.put("unit", distribution.unit());
    node.put("n", distribution.n());
    JsonNumbers.put(node, "mean", distribution.mean());
    JsonNumbers.put(node, "sd", distribution.sd());
    JsonNumbers.put(node, "cv", distribution.cv());
    JsonNumbers.put(node, "iqr", distribution.iqr());
    JsonNumbers.put(node, "min", distribution.min());
    for (Quantile quantile : Quantile.values()) {
      JsonNumbers.put(node, quantile.label(), distribution.at(quantile));
    }
    JsonNumbers.put(node, "max", distribution.max());
    if (distribution.longer() > 0) {
      node.put("longer", distribution.longer());
      ArrayNode bounds = node.putArray("lowerBounds");
      Stream.of(Quantile.values())
          .filter(distribution::isLowerBound)
          .forEach(quantile -> bounds.add(quantile.label()));
      bounds.add("max");
    }
    JsonNumbers.put(node, "worth", distribution.worth());
    distribution.intervals().forEach((quantile, ends) -> interval(quantile.label(), ends, node));
  }

  /** An open end is left out. */
  private static void interval(String label, Interval ends, ObjectNode node) {
    if (ends.hasLow()) {
      JsonNumbers.put(node, label + "Low95", ends.low());
    }
    if (ends.hasHigh()) {
      JsonNumbers.put(node, label + "High95", ends.high());
    }
  }

  private static void errors(List<FailureView> failures, ArrayNode nodes) {
    for (FailureView failure : failures) {
      ErrorCount error = failure.error();
      ObjectNode node = nodes.addObject();
      node.put("text", error.text());
      node.put("outcome", error.outcome().code());
      node.put("count", error.count());
      JsonNumbers.put(node, "firstSeconds", error.firstSeconds());
      JsonNumbers.put(node, "lastSeconds", error.lastSeconds());
      failure.firstAt().ifPresent(at -> node.put("firstAt", at.toString()));
      failure.lastAt().ifPresent(at -> node.put("lastAt", at.toString()));
      error.status().ifPresent(status -> node.put("status", status));
      text("example", failure.said(), node);
      error.retryAfterMillis().ifPresent(millis -> node.put("retryAfterMillis", millis));
      text("advice", failure.advice(), node);
      error.requestIds().forEach(node.putArray("firstRequestIds")::add);
    }
  }

  private static void text(String name, String text, ObjectNode node) {
    if (!text.isEmpty()) {
      node.put(name, text);
    }
  }

  private static void notable(NotableCalls calls, ObjectNode node) {
    notable("fastest", calls.fastest(), node);
    notable("slowest", calls.slowest(), node);
    notable("fastestPerToken", calls.fastestPerToken(), node);
    notable("slowestPerToken", calls.slowestPerToken(), node);
  }

  private static void notable(String name, Optional<NotableCall> found, ObjectNode parent) {
    found.ifPresent(
        call -> {
          ObjectNode node = parent.putObject(name);
          node.put("id", call.id());
          JsonNumbers.put(node, "startSeconds", call.startSeconds());
          JsonNumbers.put(node, "e2eMillis", call.e2eMillis());
          JsonNumbers.put(node, "ttftMillis", call.ttftMillis());
          JsonNumbers.put(node, "e2eMillisPerOutputToken", call.millisPerOutputToken());
          JsonNumbers.put(node, "inputTokens", call.inputTokens());
          JsonNumbers.put(node, "outputTokens", call.outputTokens());
          node.put("requestId", call.requestId());
          node.put("region", call.region());
        });
  }

  private static void counted(Map<String, Long> counts, ObjectNode node) {
    counts.forEach(node::put);
  }
}
