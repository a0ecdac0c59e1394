package dev.gatlingllm.run;

import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.secret.PromptText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The texts of a request, all of which a service may repeat. */
final class SentTexts {

  private SentTexts() {}

  /** Its messages, its stop sequences and the texts in its further fields. */
  static List<String> of(LlmRequest request) {
    List<String> texts = new ArrayList<>();
    for (Message message : request.messages()) {
      texts.add(message.text());
      texts.addAll(message.texts());
    }
    texts.addAll(request.parameters().stop());
    add(request.extraBody(), texts);
    return texts;
  }

  /** The same and its attachments: in base64, as in the request's body, and as text. */
  static PromptText withFiles(LlmRequest request) {
    List<String> texts = of(request);
    for (Message message : request.messages()) {
      for (Attachment file : message.attachments()) {
        texts.add(file.base64());
        texts.add(file.text());
      }
    }
    return PromptText.of(texts);
  }

  private static void add(Object value, List<String> texts) {
    if (value instanceof Map<?, ?> object) {
      object.values().forEach(inner -> add(inner, texts));
    } else if (value instanceof Iterable<?> list) {
      list.forEach(inner -> add(inner, texts));
    } else if (value instanceof String text) {
      texts.add(text);
    }
  }
}
