package dev.gatlingllm.run;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.record.CallRecord.Tokens;
import dev.gatlingllm.timing.CallTimeline;
import java.util.OptionalLong;

/**
 * How many tokens the first chunk of a stream brought. A service tells how many all chunks have
 * together, so the share of the first is taken to be that of its text.
 */
final class FirstChunk {

  private FirstChunk() {}

  /**
   * At least one; absent where no more tokens than chunks were streamed, and where there is no text
   * to go by.
   */
  static OptionalLong tokens(CallResult result, Tokens tokens) {
    CallTimeline timeline = result.timeline();
    long hidden = tokens.hiddenReasoning().orElse(0);
    long streamed = tokens.output().orElse(0) - hidden - tokens.rejected().orElse(0);
    CallResult.Text first = first(result, hidden);
    // A summary of hidden reasoning stands for none of these tokens.
    long chars = result.answer().chars() + (hidden > 0 ? 0 : result.reasoning().chars());
    return timeline.chunks() < 2 || streamed <= timeline.chunks() || chars == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(1, Math.round((double) streamed * first.firstChars() / chars)));
  }

  /** The text that the decode time begins with. */
  private static CallResult.Text first(CallResult result, long hidden) {
    CallTimeline timeline = result.timeline();
    boolean visible = hidden > 0 || timeline.firstOutput().equals(timeline.firstVisible());
    return visible ? result.answer() : result.reasoning();
  }
}
