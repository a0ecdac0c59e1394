package dev.gatlingllm.provider.chat;

import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.json.JsonScanner;

/**
 * Reads the chunks that come by the thousand: text or reasoning of one or more choices, a reason to
 * stop. Any other event (usage, errors, tool calls, fields of a delta that may hold output, whole
 * answers, what is not JSON) is left to {@link ChatJson}, which reads them all and says what is
 * wrong.
 *
 * <p>One per call. Not safe for use by several threads.
 */
final class PlainChunk {

  private final JsonScanner json = new JsonScanner();

  /** Whether an event named the model: those that follow repeat it. */
  private boolean modelKnown;

  /** Reads one event into an empty chunk; false if it is none of these, and the chunk is spoilt. */
  boolean read(byte[] bytes, int offset, int length, ChatChunk chunk) {
    json.start(bytes, offset, length);
    for (boolean more = json.beginObject(); more; more = json.nextField()) {
      if (json.named("choices")) {
        readChoices(chunk);
      } else if (json.named("usage") || json.named("error") || json.named("x_groq")) {
        json.onlyNothing();
      } else if (json.named("object")) {
        refuseError();
      } else if (modelKnown) {
        json.skip();
      } else {
        readServed(chunk);
      }
    }
    boolean understood = json.finished() && chunk.hasChoices();
    if (understood && modelKnown && !chunk.finishReasons().isEmpty()) {
      json.start(bytes, offset, length);
      for (boolean more = json.beginObject(); more; more = json.nextField()) {
        readServed(chunk);
      }
    }
    modelKnown |= understood && !chunk.model().isEmpty();
    return understood;
  }

  /**
   * Who answers is the same in every event: it is read from the first that says it, and from the
   * one that ends an answer, which may name another tier.
   */
  private void readServed(ChatChunk chunk) {
    if (json.named("model")) {
      chunk.setModel(text());
    } else if (json.named("service_tier")) {
      chunk.setTier(text());
    } else {
      json.skip();
    }
  }

  private void readChoices(ChatChunk chunk) {
    chunk.sawChoices();
    for (boolean more = json.beginArray(); more; more = json.nextElement()) {
      boolean delta = false;
      boolean text = false;
      for (boolean field = json.beginObject(); field; field = json.nextField()) {
        delta |= json.named("delta");
        text |= json.named("text");
        readChoiceField(chunk);
      }
      if (text && !delta) {
        json.giveUp();
      }
    }
  }

  private void readChoiceField(ChatChunk chunk) {
    if (json.named("delta")) {
      readDelta(chunk);
    } else if (json.named("message")) {
      json.giveUp();
    } else if (json.named("finish_reason")) {
      if (!json.takeNull()) {
        chunk.addFinishReason(json.string());
      }
    } else if (json.named("error") || json.named("usage")) {
      json.onlyNothing();
    } else {
      json.skip();
    }
  }

  private void readDelta(ChatChunk chunk) {
    String reasoning = "";
    for (boolean more = json.beginObject(); more; more = json.nextField()) {
      if (json.named("content") || json.named("refusal")) {
        chunk.addOutput(OutputKind.CONTENT, text());
      } else if (json.named("reasoning_content") || json.named("reasoning")) {
        // Some servers send both names, with the same text.
        String text = text();
        reasoning = reasoning.isEmpty() ? text : reasoning;
      } else if (json.named("role")) {
        json.skip();
      } else {
        json.onlyNothing();
      }
    }
    chunk.addOutput(OutputKind.REASONING, reasoning);
  }

  private String text() {
    return json.takeNull() ? "" : json.string();
  }

  private void refuseError() {
    if (json.string().equals("error")) {
      json.giveUp();
    }
  }
}
