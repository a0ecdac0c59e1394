package dev.gatlingllm.simulator.wire;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;

/**
 * Counts the input tokens of a conversation as OpenAI does for its chat models: o200k_base, 3 for
 * each message plus its role and its text, and 3 that prime the answer. Safe for use by many
 * threads; takes milliseconds for long prompts, so it does not belong on an event loop.
 */
final class PromptTokens {

  private static final int PER_MESSAGE = 3;
  private static final int PRIMING = 3;

  /** What OpenAI counts for an image of 1024 by 1024 pixels; here for any attachment. */
  private static final int PER_ATTACHMENT = 765;

  /** Loaded once for all simulators of the process: it takes a good part of a second. */
  private static final Encoding O200K =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  private PromptTokens() {}

  /**
   * One message.
   *
   * @param role who speaks, in the provider's word
   * @param texts the pieces of its text
   * @param attachments how many images and documents there are
   */
  record Turn(String role, List<String> texts, int attachments) {

    Turn(String role, List<String> texts) {
      this(role, texts, 0);
    }
  }

  static int count(List<Turn> turns) {
    return PRIMING + turns.stream().mapToInt(PromptTokens::count).sum();
  }

  private static int count(Turn turn) {
    return PER_MESSAGE
        + tokens(turn.role())
        + turn.texts().stream().mapToInt(PromptTokens::tokens).sum()
        + PER_ATTACHMENT * turn.attachments();
  }

  /** The tokens of a text, by number. */
  static int[] encoded(String text) {
    return O200K.encodeOrdinary(text).toArray();
  }

  private static int tokens(String text) {
    return O200K.countTokensOrdinary(text);
  }
}
