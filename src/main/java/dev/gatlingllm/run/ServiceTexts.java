package dev.gatlingllm.run;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.secret.PromptText;
import dev.gatlingllm.secret.Redaction;

/**
 * Texts of a service, or of an exception, about one call, cleaned for its record: no secrets and,
 * unless content is recorded, nothing that the call sent.
 */
final class ServiceTexts {

  /** The rest of a longer text is neither searched nor kept. */
  private static final int LONGEST = 4_096;

  private final PromptText prompt;

  private ServiceTexts(PromptText prompt) {
    this.prompt = prompt;
  }

  static ServiceTexts of(LlmRequest request, Outcome outcome, boolean content) {
    if (content) {
      return new ServiceTexts(PromptText.NONE);
    }
    // An answer comes with an id and a word; only an error quotes a file.
    return new ServiceTexts(
        outcome == Outcome.SUCCEEDED
            ? PromptText.of(SentTexts.of(request))
            : SentTexts.withFiles(request));
  }

  String shown(String text) {
    String clean = Redaction.serviceText(text);
    return prompt.hideIn(clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST));
  }
}
