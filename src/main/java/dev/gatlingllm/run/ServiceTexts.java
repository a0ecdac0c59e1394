package dev.gatlingllm.run;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.secret.Gate;
import dev.gatlingllm.secret.PromptText;

/**
 * What a service, or an exception, says about one call, made fit for its record: without secrets
 * and, unless content is recorded, without what the call sent.
 */
final class ServiceTexts {

  /** More of a text is not looked at, and not kept either. */
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
    String clean = Gate.serviceText(text);
    return prompt.hideIn(clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST));
  }
}
