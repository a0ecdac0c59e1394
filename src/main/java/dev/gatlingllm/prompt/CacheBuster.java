package dev.gatlingllm.prompt;

import dev.gatlingllm.provider.Message;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;

/**
 * Digits before the first user message of a conversation, files included, so that no prompt cache
 * can know it. They count towards its size: six tokens in OpenAI's encodings.
 *
 * @param runNonce a number that differs from run to run
 */
public record CacheBuster(long runNonce) {

  private static final long PREFIXES = 1_000_000_000_000_000L;

  /** Conversation {@code index} of the run; as it is, if it has no user message. */
  public List<Message> before(long index, List<Message> messages) {
    List<Message> result = new ArrayList<>(messages);
    for (int i = 0; i < result.size(); i++) {
      Message message = result.get(i);
      if (message.role() == Message.Role.USER) {
        long digits = Math.floorMod(PromptBuilder.mixed(runNonce, index), PREFIXES);
        result.set(i, message.beginningWith(Figures.fill("%015d.", digits)));
        return result;
      }
    }
    return result;
  }
}
