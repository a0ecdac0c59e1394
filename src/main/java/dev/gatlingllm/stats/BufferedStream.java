package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;

/**
 * An answer that something between the model and the client collected and passed on in heaps, such
 * as a proxy that buffers, a gateway that waits for the whole answer, or a filter that looks at
 * long pieces. When its chunks came says how the collector works, and nothing of how fast the model
 * decodes. One of these must hold:
 *
 * <ul>
 *   <li><b>At once</b>: the chunks came faster than a single stream is decoded. The fastest public
 *       services make about 3,000 tokens a second. Above 4,000 chunks a second, more than half of
 *       them {@linkplain CallRecord.InterChunks#TOGETHER_MICROS together}, or above 20,000 tokens a
 *       second, they had been made before.
 *   <li><b>Partly at once</b>: eight chunks or more, a third of the answer at least, came together
 *       in one row: what was collected when the collector let go. Decoders that speculate settle
 *       fewer tokens in a step, and a lost packet or a pause of the client holds fewer back.
 *   <li><b>In heaps</b>: nine of ten chunks came together with the one before, and between heaps
 *       were pauses of 20 ms or more. Shorter ones are the writes of a service that makes thousands
 *       of tokens a second.
 * </ul>
 *
 * <p>An answer of less than four chunks or eight tokens is never called buffered: a decoder that
 * speculates may make all of it in one step. Many tokens in one chunk are how a service sends them,
 * and no sign of a collector: only times between chunks are.
 */
public final class BufferedStream {

  private static final int FEWEST_CHUNKS = 4;
  private static final long FEWEST_TOKENS = 8;

  private static final double MOST_CHUNKS_PER_SECOND = 4_000;
  private static final double FEWEST_CHUNKS_PER_SECOND = 1_000;

  /** No single stream is decoded faster than this, in tokens per second. */
  static final double MOST_TOKENS_PER_SECOND = 20_000;

  private static final int FEWEST_TOGETHER = 8;
  private static final int LEAST_PART = 3;
  private static final double LEAST_SHARE_TOGETHER = 0.9;
  private static final long LEAST_PAUSE_NANOS = 20_000_000;

  private BufferedStream() {}

  /** Whether it can be seen whether the stream of this call was buffered: it is long enough. */
  public static boolean isJudged(CallRecord call) {
    return call.streaming()
        && call.chunks() >= FEWEST_CHUNKS
        && tokens(call) >= FEWEST_TOKENS
        && call.times().firstOutput().isPresent()
        && call.times().lastOutput().isPresent();
  }

  /** Whether the answer of this call was collected on its way. */
  public static boolean is(CallRecord call) {
    return isJudged(call) && (atOnce(call) || partlyAtOnce(call) || inHeaps(call));
  }

  // Of a provider that counts too few, and of media, the chunks: each carries a token.
  private static long tokens(CallRecord call) {
    return TokenDoubt.isOfMedia(call)
        ? call.chunks()
        : Math.max(CallArithmetic.tokensInWindow(call), call.chunks());
  }

  private static boolean atOnce(CallRecord call) {
    double seconds =
        (call.times().lastOutput().getAsLong() - call.times().firstOutput().getAsLong()) / 1e9;
    long gaps = call.chunks() - 1L;
    if (gaps <= FEWEST_CHUNKS_PER_SECOND * seconds) {
      return false;
    }
    return tokens(call) - 1 > MOST_TOKENS_PER_SECOND * seconds
        || (gaps > MOST_CHUNKS_PER_SECOND * seconds && 2 * call.interChunks().together() > gaps);
  }

  private static boolean partlyAtOnce(CallRecord call) {
    int most = call.interChunks().mostTogether();
    return most >= FEWEST_TOGETHER && LEAST_PART * most >= call.chunks();
  }

  private static boolean inHeaps(CallRecord call) {
    return call.interChunks().longestNanos().orElse(0) >= LEAST_PAUSE_NANOS
        && call.interChunks().together() >= LEAST_SHARE_TOGETHER * (call.chunks() - 1);
  }
}
