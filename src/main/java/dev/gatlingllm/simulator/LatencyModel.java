package dev.gatlingllm.simulator;

import java.util.random.RandomGenerator;

/**
 * The only place that decides when chunks are due.
 *
 * <p>The first token is due after {@code (ttft + prefill * inputTokens) * jitter}. From there on
 * each decoding step yields {@code tokensPerChunk} tokens at once, sent as one chunk, and the next
 * step is due {@code tokens of this step / tokensPerSecond * jitter} later. Reasoning comes before
 * content, and no chunk holds both; hidden reasoning takes its steps but sends nothing.
 *
 * <p>Pure: the same random sequence gives the same plan. Safe for use by many threads.
 */
final class LatencyModel {

  private static final double NANOS_PER_SECOND = 1e9;

  private final LatencySettings settings;

  LatencyModel(LatencySettings settings) {
    this.settings = settings;
  }

  CallPlan plan(int inputTokens, AnswerShape shape, RandomGenerator random) {
    double instant = firstToken(inputTokens, random) + hiddenNanos(shape.hiddenTokens(), random);
    int reasoningChunks = steps(shape.reasoningTokens());
    int chunks = reasoningChunks + steps(shape.contentTokens());
    long[] dueNanos = new long[chunks];
    int[] tokens = new int[chunks];
    int reasoningLeft = shape.reasoningTokens();
    int contentLeft = shape.contentTokens();
    for (int chunk = 0; chunk < chunks; chunk++) {
      if (chunk > 0) {
        instant += gap(tokens[chunk - 1], random);
      }
      dueNanos[chunk] = Math.round(instant);
      if (chunk < reasoningChunks) {
        tokens[chunk] = Math.min(reasoningLeft, settings.tokensPerChunk());
        reasoningLeft -= tokens[chunk];
      } else {
        tokens[chunk] = Math.min(contentLeft, settings.tokensPerChunk());
        contentLeft -= tokens[chunk];
      }
    }
    return new CallPlan(dueNanos, tokens, reasoningChunks, Math.round(instant));
  }

  private double firstToken(int inputTokens, RandomGenerator random) {
    double prefill = (double) settings.prefillPerToken().toNanos() * inputTokens;
    return (settings.ttft().toNanos() + prefill) * settings.jitter().factor(random);
  }

  private double hiddenNanos(int hiddenTokens, RandomGenerator random) {
    double nanos = 0;
    for (int left = hiddenTokens; left > 0; left -= settings.tokensPerChunk()) {
      nanos += gap(Math.min(left, settings.tokensPerChunk()), random);
    }
    return nanos;
  }

  private double gap(int tokens, RandomGenerator random) {
    return tokens
        * NANOS_PER_SECOND
        / settings.tokensPerSecond()
        * settings.interChunkJitter().factor(random);
  }

  private int steps(int tokens) {
    return (tokens + settings.tokensPerChunk() - 1) / settings.tokensPerChunk();
  }
}
