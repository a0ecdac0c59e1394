package dev.gatlingllm.provider.http;

import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.Attachment.Kind;
import dev.gatlingllm.provider.AttachmentRules;
import dev.gatlingllm.provider.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes messages for chat completions and for responses, which name their parts differently. */
abstract class ChatParts {

  static final ChatParts CHAT =
      new ChatParts(
          AttachmentRules.openAi("chat completions")
              .and(Kind.AUDIO, new AttachmentRules.Some(Set.of("wav", "mp3"), 25 << 20, 10)),
          "text") {
        @Override
        Map<String, Object> image(Attachment image) {
          return part("image_url", "image_url", Map.of("url", image.dataUrl()));
        }

        @Override
        Map<String, Object> file(Attachment file) {
          Map<String, Object> content = new LinkedHashMap<>();
          content.put("filename", file.name());
          content.put("file_data", file.dataUrl());
          return part("file", "file", content);
        }
      };

  static final ChatParts RESPONSES =
      new ChatParts(AttachmentRules.openAi("the Responses API"), "input_text") {
        @Override
        Map<String, Object> image(Attachment image) {
          return part("input_image", "image_url", image.dataUrl());
        }

        @Override
        Map<String, Object> file(Attachment file) {
          Map<String, Object> part = part("input_file", "filename", file.name());
          part.put("file_data", file.dataUrl());
          return part;
        }
      };

  private final AttachmentRules rules;
  private final String textType;

  private ChatParts(AttachmentRules rules, String textType) {
    this.rules = rules;
    this.textType = textType;
  }

  abstract Map<String, Object> image(Attachment image);

  abstract Map<String, Object> file(Attachment file);

  /** Chat completions only: the rules let none through to responses. */
  private static Map<String, Object> audio(Attachment audio) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("data", audio.base64());
    content.put("format", audio.format());
    return part("input_audio", "input_audio", content);
  }

  /**
   * A message; its content is a text, or parts if something goes with it.
   *
   * @throws IllegalArgumentException if the API does not take what goes with it
   */
  Map<String, Object> message(Message message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("role", message.role().name().toLowerCase(Locale.ROOT));
    fields.put("content", message.attachments().isEmpty() ? message.text() : parts(message));
    return fields;
  }

  private List<Map<String, Object>> parts(Message message) {
    rules.check(message.attachments());
    List<Map<String, Object>> parts = new ArrayList<>();
    parts.add(part(textType, "text", message.text()));
    for (Attachment attachment : message.attachments()) {
      parts.add(
          switch (attachment.kind()) {
            case IMAGE -> image(attachment);
            case AUDIO -> audio(attachment);
            default -> file(attachment);
          });
    }
    return parts;
  }

  private static Map<String, Object> part(String type, String name, Object value) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", type);
    part.put(name, value);
    return part;
  }
}
